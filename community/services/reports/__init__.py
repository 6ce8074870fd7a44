"""What can be done with a report, one module per group of acts."""

from community.services.reports.approvals import ask_for_approval, decide
from community.services.reports.filing import file_report
from community.services.reports.handling import (
    accept,
    ask_reporter,
    check_failed,
    dispatch,
    escalate,
    finish,
    merge,
    open_to_helpers,
    resume,
    take_back,
    take_on,
)
from community.services.reports.residents import rate, say_not_solved, supplement, withdraw

__all__ = [
    "accept",
    "ask_for_approval",
    "ask_reporter",
    "check_failed",
    "decide",
    "dispatch",
    "escalate",
    "file_report",
    "finish",
    "merge",
    "open_to_helpers",
    "rate",
    "resume",
    "say_not_solved",
    "supplement",
    "take_back",
    "take_on",
    "withdraw",
]
