# A run that ended badly (exit status 1 or 2), a status that found something (3), an error in the
# log, and the silence of a schedule that does not start anything.

resource "google_monitoring_notification_channel" "mail" {
  display_name = "Communique"
  type         = "email"
  labels       = { email_address = var.alerts_to }
}

resource "google_monitoring_alert_policy" "failed" {
  display_name          = "Communique: a job ended with an exit status other than 0"
  combiner              = "OR"
  notification_channels = [google_monitoring_notification_channel.mail.id]

  conditions {
    display_name = "failed executions"

    condition_threshold {
      filter = join(" AND ", [
        "resource.type = \"cloud_run_job\"",
        "resource.labels.job_name = starts_with(\"communique-\")",
        "metric.type = \"run.googleapis.com/job/completed_execution_count\"",
        "metric.labels.result = \"failed\"",
      ])
      comparison      = "COMPARISON_GT"
      threshold_value = 0
      duration        = "0s"

      aggregations {
        alignment_period   = "300s"
        per_series_aligner = "ALIGN_DELTA"
      }
    }
  }
}

resource "google_monitoring_alert_policy" "error" {
  display_name          = "Communique: an error in the log"
  combiner              = "OR"
  notification_channels = [google_monitoring_notification_channel.mail.id]

  conditions {
    display_name = "severity ERROR or worse"

    condition_matched_log {
      filter = join(" AND ", [
        "resource.type=\"cloud_run_job\"",
        "resource.labels.job_name=~\"^communique-\"",
        "severity>=ERROR",
      ])
    }
  }

  alert_strategy {
    notification_rate_limit { period = "3600s" }
  }
}

# Every run that ends well says so in one line, with its account under `run`.
resource "google_logging_metric" "accounts" {
  name   = "communique/accounts"
  filter = "resource.type=\"cloud_run_job\" AND jsonPayload.run.run_id:*"

  metric_descriptor {
    metric_kind = "DELTA"
    value_type  = "INT64"
  }
}

resource "google_monitoring_alert_policy" "silence" {
  display_name          = "Communique: no run has ended well for a while"
  combiner              = "OR"
  notification_channels = [google_monitoring_notification_channel.mail.id]

  conditions {
    display_name = "no account in the log"

    condition_absent {
      filter   = "resource.type = \"cloud_run_job\" AND metric.type = \"logging.googleapis.com/user/${google_logging_metric.accounts.name}\""
      duration = var.silence

      aggregations {
        alignment_period     = "300s"
        per_series_aligner   = "ALIGN_SUM"
        cross_series_reducer = "REDUCE_SUM"
      }
    }
  }
}
