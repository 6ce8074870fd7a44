"""What can be done with a report, one module per group of acts."""

from community.services.reports.filing import file_report

__all__ = ["file_report"]
