"""The port of the office's own papers, answered with reportlab."""

from __future__ import annotations

from desktop_app.application.ports.office_papers import (
    DailyListContent,
    DayCloseContent,
    FeeNoticeContent,
    HistoryContent,
    VisitContent,
)
from desktop_app.documents.day_papers import draw_daily_list, draw_day_close
from desktop_app.documents.fee_notice import draw_fee_notice
from desktop_app.documents.history_paper import draw_history
from desktop_app.documents.visit_papers import draw_inspection_report, draw_rectification_notice


class ReportlabOffice:
    """`application.ports.office_papers.OfficeRenderer`; all raise ValueError for what the fonts cannot set."""

    def fee_notice(self, content: FeeNoticeContent) -> bytes:
        return draw_fee_notice(content)

    def rectification_notice(self, content: VisitContent) -> bytes:
        return draw_rectification_notice(content)

    def inspection_report(self, content: VisitContent) -> bytes:
        return draw_inspection_report(content)

    def daily_list(self, content: DailyListContent) -> bytes:
        return draw_daily_list(content)

    def day_close(self, content: DayCloseContent) -> bytes:
        return draw_day_close(content)

    def history(self, content: HistoryContent) -> bytes:
        return draw_history(content)
