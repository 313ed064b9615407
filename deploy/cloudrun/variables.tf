variable "project" {
  type        = string
  description = "The id of the Google Cloud project."
}

variable "region" {
  type        = string
  default     = "europe-west1"
  description = "Where the jobs run; the bucket and the data set are there too."
}

variable "image" {
  type        = string
  description = "The image, by digest: REGION-docker.pkg.dev/PROJECT/communique/communique@sha256:..."

  validation {
    condition     = can(regex("@sha256:[0-9a-f]{64}$", var.image))
    error_message = "Name the image by its digest: a tag can be moved to another image."
  }
}

variable "contact" {
  type        = string
  description = "Whom an outlet may ask about the requests: a mail address or a page."
}

variable "alerts_to" {
  type        = string
  description = "The mail address that alerts go to."
}

variable "schedule" {
  type        = string
  default     = "*/15 * * * *"
  description = "When a run starts, as cron writes it. A run asks only the feeds that are due."
}

variable "silence" {
  type        = string
  default     = "10800s"
  description = "An alert if no run has ended well for so long."
}
