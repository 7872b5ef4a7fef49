"""The windows: one folder per screen with its view, presenter, table model and delegate.

Screens ask `application` what there is and `domain` what is allowed; they decide nothing themselves. Only
views hold widgets, so presenters are tested without any. Layout goes by direction: leading and trailing.
"""
