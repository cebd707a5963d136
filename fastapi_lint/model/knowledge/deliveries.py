"""Deliveries: calls that send a message to somebody who need not have it before the response is there."""

from __future__ import annotations

DELIVERIES: dict[str, str] = {
    # https://aiosmtplib.readthedocs.io/, https://docs.python.org/3/library/smtplib.html
    **dict.fromkeys(
        (
            "aiosmtplib.send",
            "aiosmtplib.SMTP().send_message",
            "aiosmtplib.SMTP().sendmail",
            "smtplib.SMTP().send_message",
            "smtplib.SMTP().sendmail",
            "smtplib.SMTP_SSL().send_message",
            "smtplib.SMTP_SSL().sendmail",
            # https://sabuhish.github.io/fastapi-mail/, https://github.com/sendgrid/sendgrid-python,
            # https://github.com/lavr/python-emails
            "fastapi_mail.FastMail().send_message",
            "sendgrid.SendGridAPIClient().send",
            "emails.Message().send",
            "emails.html().send",
        ),
        "a mail",
    ),
    # https://www.twilio.com/docs/libraries/python, https://firebase.google.com/docs/reference/admin/python/
    "twilio.rest.Client().messages.create": "a text message",
    "firebase_admin.messaging.send": "a push message",
    # https://slack.dev/python-slack-sdk/
    "slack_sdk.WebClient().chat_postMessage": "a Slack message",
    "slack_sdk.web.async_client.AsyncWebClient().chat_postMessage": "a Slack message",
}
"""Calls that deliver, and what messages say they deliver."""
