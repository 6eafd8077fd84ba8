"""The edition of what the program itself decides about approvals and rules, besides the packs.

A change of it makes the program stricter, or judges otherwise, without any change of a pack. The
ledger records with the packs which edition judged each landing, so that what landed before an
upgrade is judged again as it was then. A proposal is always judged by the newest edition.

Edition 2: approvals are bound to their repository and to the version that they replace, rules
without an owner are pending, what nobody can fulfil is left out of a quorum, and strays, links in
place of folders and rules beyond those of one configuration are refused. No landing is judged as
of a time before the landing before it, and what is called one push has about one date.

Edition 3: what landed together, who made it and by which record is stated more closely (formats of
entries since the third).

Edition 4: the type check of policies sees the fields of what may be null or of several forms, keys
that are no identifiers have no second name, patterns that cannot be run are refused, and so are
lists of a map's entries, whose order would differ when they are made again. A document that moves
is judged as an update too, whatever its kind says of deletions. An approval of a document of a
declared kind is one of the whole document, where it stands.
A file is stray too whose path or name looks like those of a kind, whatever its
suffix; a name for any folder makes no others stray.

Edition 5: evidence is read by one list of words for how a test ended, wherever a report has them,
and by what suites say of themselves; a result of a scan that awaits a review is as bad as its rule;
attestations that contradict themselves are refused; documents are no evidence while they are
templates that nobody has filled in, or where nothing in them is seen. A text of a request that only
says "see document" says nothing.

Edition 6: a calendar that names a process which nobody has is refused, and so are two files beside
a request whose names are one on some systems, or look the same. The type check of policies refuses
a text that a value is compared with and, by its schema, can never be.

Edition 7: a report that states a failure in any words counts as failed: a count of failed
assertions, a conclusion in words, a property in another spelling. Attestations of tests in a form
that is not read, and schemas in JSON that have a key twice, are refused. A suppression of no kind
suppresses nothing, and a severity counts in whatever word. A document that concludes a failure does
not pass.

Edition 8: launch windows of the calendar that touch are one. A figure with its unit is a text where
a figure is the answer, and so is the name of a part of a meeting, "Q&A". A line of dots between a
label and its value is no field that is still open, and `95% in 0.24 secs` is a p95.
Who accepts as a deputy, in the time of the deputy, holds the role of the person stood for. The type
check of policies refuses every number, truth value or text that a value is compared with and, by
its schema, can never be. Documents of files that hold many have approvals, and entries of the
ledger, of their own; such rules were refused before. Where documents of two kinds share a folder,
an approval may be named after its document as well. Schemas whose definitions test an inner value
twice are judged, and were refused before. A waiver may name documents of the kinds that a
configuration declares.

Edition 9: a withdrawal or an objection that was merged counts on by the key and the name of the
repository that were in force when it landed. A document is empty too where the defaults of an
office file, lines and rows of no height, or the styles of its cells hide all of its text.

Edition 10: a text that says only that it is still being made, that something will be announced,
or that others will decide it, is put off, in requests and in documents. The cells of a CSV file are
read one by one, as those of a table are.

Edition 11: a document, a conclusion or a decision in which nothing agrees does not prove what it
says against in other words than "refused": that nobody may launch, that a customer did not sign,
that no test was run, that something is yet to be clarified. More everyday words fit every launch:
"if something goes wrong" as what leads to a rollback, 环境问题 as a cause, 按惯例 as a reason; and
words that only fill a place, such as 如题, are placeholders. A remark beside a good result that
tells of a fault, of half a success or of no look at all ("sometimes it crashes", 没测) says against
it. A signer who refused, who took back what he had agreed to or has not answered yet, a ticked
修改后通过 beside an empty 通过, and an approval on a condition ("approved if", 前提是) count
whatever agrees beside them. A document of a title and headings says nothing. In a table a figure
belongs to the heading of its column.

Edition 12: the bare numbers of a table have the unit that a line above it gives ("times in ms",
单位：毫秒), or that the tool means which wrote it (JMeter, Locust). `Received KB/sec` heads a rate;
it was taken for seconds.

Edition 13: one who refuses what others agree to ("Operations agree. Legal objects to the launch.",
运维部同意，DBA 拒绝批准), who has not answered yet, or who agrees on a condition, counts against a
document, a conclusion, a decision or a remark, whatever agrees beside it, until the same one
agrees. An empty box of agreement counts where no full one agrees. "Refused to" was taken for
words of an earlier time.
"""

from __future__ import annotations

from typing import Final

FIRST_EDITION: Final = 1
"""The edition of ledgers that do not record one."""

SECOND_EDITION: Final = 2
"""The last edition whose landings are entered in the first two formats of entries."""

THIRD_EDITION: Final = 3
"""The last edition whose policies were checked by one type for each field."""

FOURTH_EDITION: Final = 4
"""The last edition that read evidence by several lists of words."""

FIFTH_EDITION: Final = 5
"""The last edition in which rules could name a process, or a value, that nothing has."""

SIXTH_EDITION: Final = 6
"""The last edition that took what a report states of itself only in certain words."""

SEVENTH_EDITION: Final = 7
"""The last edition in which launch windows that touch were kept apart, and policies could compare a
value with a number that it never is."""

EIGHTH_EDITION: Final = 8
"""The last edition in which a merged objection ended with the key that signed it, and in which an
office file could hide its text by its defaults."""

NINTH_EDITION: Final = 9
"""The last edition that read a row of a CSV file as one sentence, and took "under investigation"
for a text."""

TENTH_EDITION: Final = 10
"""The last edition that took a page on which nothing agrees for a proof, if nothing refused in so
many words."""

ELEVENTH_EDITION: Final = 11
"""The last edition that read bare numbers of a table only by the end of their heading."""

TWELFTH_EDITION: Final = 12
"""The last edition in which the agreement of some outweighed the refusal of another."""

EDITION: Final = 13
"""The edition of this program."""
