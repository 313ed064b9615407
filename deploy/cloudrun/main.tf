# One run every quarter of an hour into a bucket, a look at its health every hour, and three alerts.
# The guide is docs/cloud.md.

terraform {
  required_version = ">= 1.5"

  required_providers {
    google = {
      source  = "hashicorp/google"
      version = ">= 6.0, < 8.0"
    }
  }
}

provider "google" {
  project = var.project
  region  = var.region
}

locals {
  output = "gs://${google_storage_bucket.news.name}/news"
  jobs = {
    run    = ["run", "--poll", "due", "--contact", var.contact, "--output", local.output]
    status = ["status", "--output", local.output, "--fail-on", "failures>20%,lag>2h"]
  }
  schedules = {
    run    = var.schedule
    status = "50 * * * *"
  }
}

resource "google_storage_bucket" "news" {
  name                        = "${var.project}-communique"
  location                    = var.region
  uniform_bucket_level_access = true
  public_access_prevention    = "enforced"
}

# The job may read and write objects of this bucket, and nothing else.
resource "google_service_account" "job" {
  account_id   = "communique-job"
  display_name = "Communique: reads feeds, writes the tables"
}

resource "google_storage_bucket_iam_member" "job" {
  bucket = google_storage_bucket.news.name
  role   = "roles/storage.objectUser"
  member = google_service_account.job.member
}

resource "google_cloud_run_v2_job" "communique" {
  for_each            = local.jobs
  name                = "communique-${each.key}"
  location            = var.region
  deletion_protection = false

  template {
    task_count = 1

    template {
      service_account = google_service_account.job.email
      max_retries     = 0 # the next run does again what this one had to leave
      timeout         = "3000s"

      containers {
        image = var.image
        args  = each.value

        env {
          name  = "COMMUNIQUE_LOG_FORMAT"
          value = "json"
        }

        resources {
          limits = {
            cpu    = "1"
            memory = "2Gi" # /tmp is in it: Cloud Run keeps what is written there in memory
          }
        }
      }
    }
  }

  depends_on = [google_storage_bucket_iam_member.job]
}

# The scheduler may start these two jobs, and nothing else.
resource "google_service_account" "scheduler" {
  account_id   = "communique-scheduler"
  display_name = "Communique: starts the jobs"
}

resource "google_cloud_run_v2_job_iam_member" "scheduler" {
  for_each = google_cloud_run_v2_job.communique
  name     = each.value.name
  location = var.region
  role     = "roles/run.invoker"
  member   = google_service_account.scheduler.member
}

resource "google_cloud_scheduler_job" "communique" {
  for_each         = local.schedules
  name             = "communique-${each.key}"
  region           = var.region
  schedule         = each.value
  time_zone        = "Etc/UTC"
  attempt_deadline = "60s"

  http_target {
    http_method = "POST"
    uri         = "https://run.googleapis.com/v2/${google_cloud_run_v2_job.communique[each.key].id}:run"

    oauth_token {
      service_account_email = google_service_account.scheduler.email
    }
  }
}

output "output" {
  value       = local.output
  description = "What --output is: for communique verify, query and status by hand."
}
