"""Write a paper as a mail to its recipients, or an invitation to a meeting for calendars."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from launchpolicy.operations.paper.paper_request import PaperRequest
from launchpolicy.operations.paper.problems import refusal_finding
from launchpolicy.papers.governance_functions import unit_name
from launchpolicy.papers.mail import MailHeaders, as_mail
from launchpolicy.papers.mail_papers import (
    INVITATION,
    MAIL_PAPERS,
    all_named,
    first_named,
    subject_of,
)
from launchpolicy.papers.plain_text import as_plain_text
from launchpolicy.papers.refusals import no_recipients, no_sender
from launchpolicy.papers.template_context import TemplateContext
from launchpolicy.papers.template_functions import plain
from launchpolicy.papers.writing import MessageFormat, blocks_of, write
from launchpolicy.requests.directory import Directory
from launchpolicy.requests.launch_request.meeting import Meeting
from launchpolicy.requests.mail_addresses import Mailbox, recipients_of
from launchpolicy.vocabulary.errors import MalformedRulesError, UsageError
from launchpolicy.vocabulary.place import format_route
from launchpolicy.vocabulary.text import Text

_OF_MEETINGS = frozenset({"meeting-notice", "agenda", "minutes"})


def papers_with(format_: MessageFormat) -> tuple[str, ...]:
    """Return the ids of the papers that exist in a format of messages."""
    return (INVITATION,) if format_ == "ics" else tuple(MAIL_PAPERS)


def require_message(kind: str, format_: MessageFormat) -> None:
    """Require that the paper exists in a format of messages.

    Raises:
        UsageError: it does not.
    """
    kinds = papers_with(format_)
    if kind in kinds:
        return
    raise UsageError(
        Text(
            f"The paper `{kind}` is not written as {format_}.",
            f"文书 `{kind}` 没有 {format_} 格式。",
        ),
        Text(f"As {format_}: {', '.join(kinds)}.", f"可用 {format_} 的文书：{'、'.join(kinds)}。"),
    )


def write_message(
    request: PaperRequest,
    kind: str,
    format_: MessageFormat,
    source: str,
    context: TemplateContext,
    parts: Mapping[str, str],
) -> bytes:
    """Return the mail or the invitation.

    Args:
        request: what the paper is made from.
        kind: the id of the paper, which exists in this format.
        format_: `eml` for a mail, `ics` for an invitation.
        source: the template of the paper.
        context: what the template is filled in with.
        parts: as `papers.writing.write` takes them.

    Raises:
        UsageError: there is no directory, or it lacks the address of a recipient.
        MalformedRulesError: the request names no recipients.
        PaperError: the template cannot be filled in.
    """
    if request.directory is None:
        raise UsageError(
            Text(
                "There is no directory of people, so no address.",
                "没有人员名录，因而没有邮箱地址。",
            ),
            Text("Add people.yaml with the addresses.", "请添加写有邮箱地址的 people.yaml。"),
        )
    data, routes = request.document.data, MAIL_PAPERS[kind]
    to = first_named(data, routes.to)
    if not to:
        refusal = no_recipients(format_route(routes.to[0]))
        raise MalformedRulesError((refusal_finding(kind, request.document, refusal),))
    meeting = context.request.spec.meeting
    if format_ == "ics" and meeting is not None:
        return _invitation(meeting, request.directory, to, context)
    headers = _headers(request, request.directory, kind, to, context)
    page = write(source, context, "html", parts).decode()
    text = as_plain_text(blocks_of(source, context, parts), context.language)
    return as_mail(headers, text, page, context.language)


def _headers(
    request: PaperRequest,
    directory: Directory,
    kind: str,
    to: Sequence[str],
    context: TemplateContext,
) -> MailHeaders:
    data, routes = request.document.data, MAIL_PAPERS[kind]
    sender, to_boxes, copies = (
        _mailboxes(directory, context, ids)
        for ids in (first_named(data, routes.sender)[:1], to, all_named(data, routes.cc))
    )
    if not sender:
        refusal = no_sender(format_route(routes.sender[0]))
        raise MalformedRulesError((refusal_finding(kind, request.document, refusal),))
    return MailHeaders(
        sender=sender[0],
        to=to_boxes,
        cc=tuple(box for box in copies if box not in to_boxes),
        subject=subject_of(kind, context.title, _subject(kind, context), data, context.language),
        identity=f"{context.name} {kind} {context.sha256}",
        now=context.now,
    )


def _invitation(
    meeting: Meeting, directory: Directory, attendees: Sequence[str], context: TemplateContext
) -> bytes:
    from launchpolicy.papers.meeting_invitation import (  # noqa: PLC0415 (heavy)
        InvitationText,
        as_invitation,
    )

    people = [person for person in (meeting.host, *attendees) if person]
    by_person = {
        person: _mailboxes(directory, context, [person])[0] for person in dict.fromkeys(people)
    }
    topic = plain(meeting.topic, context.language)
    title = context.title.in_language(context.language)
    text = InvitationText(topic or title, plain(meeting.goal, context.language))
    return as_invitation(meeting, text, context.name, by_person, context.now, context.language)


def _mailboxes(
    directory: Directory, context: TemplateContext, identifiers: Sequence[str]
) -> tuple[Mailbox, ...]:
    """Return the mailboxes of all of them, each address once.

    Raises:
        UsageError: the directory has no address of one.
    """
    recipients = recipients_of(identifiers, directory, context.names)
    if not recipients.without_address:
        return recipients.mailboxes
    names = [unit_name(one, context.names) for one in recipients.without_address]
    raise UsageError(
        Text(
            f"The directory has no e-mail address of {', '.join(name.en for name in names)}.",
            f"人员名录中没有{'、'.join(name.zh for name in names)}的邮箱地址。",
        ),
        Text(
            "Add it to people.yaml: `emails` of a person, `addresses` of a department or role.",
            "请在 people.yaml 中补充：人员写 `emails`，部门和角色写 `addresses`。",
        ),
    )


def _subject(kind: str, context: TemplateContext) -> Text:
    """Return what the mail is about: the topic of the meeting, else the product and version."""
    spec = context.request.spec
    if kind in _OF_MEETINGS and spec.meeting is not None and spec.meeting.topic:
        topic = spec.meeting.topic
        return Text(plain(topic, "en"), plain(topic, "zh"))
    name = context.names.name_of("products", (spec.product and spec.product.name) or "")
    version = (spec.product and spec.product.version) or ""
    return Text(f"{name.en} {version}".strip(), f"{name.zh} {version}".strip())
