"""The type of REQUEST: a request's file, its folder, or its name."""

from __future__ import annotations

from pathlib import Path

import click

from launchpolicy.cli.language import say


class RequestType(click.ParamType[Path]):
    """A request in the work tree, named by its file, its folder or its name alone."""

    name = "request"

    def __init__(self, *, may_be_gone: bool = False) -> None:
        """Take also, with `may_be_gone`, a path of a kind at which there is no file any more."""
        self.may_be_gone = may_be_gone

    def convert(
        self, value: object, param: click.Parameter | None, ctx: click.Context | None
    ) -> Path:
        path = Path(str(value))
        if path.exists() and value != "":  # an empty path would be the current folder
            return path
        # Loaded here on purpose: most requests are named by their path.
        from launchpolicy.operations.request_names import request_named  # noqa: PLC0415
        from launchpolicy.operations.requests_of_kinds import is_path_of_kind  # noqa: PLC0415

        folder = request_named(Path.cwd(), str(value))
        if folder is None and self.may_be_gone and is_path_of_kind(Path.cwd(), path):
            return path
        if folder is None:
            from launchpolicy.hosts.launch_root import require_launch_root  # noqa: PLC0415
            from launchpolicy.operations.absent_requests import absent_request_remedy  # noqa: PLC0415

            if value != "":
                require_launch_root(Path.cwd())
            remedy = absent_request_remedy(Path.cwd(), str(value))
            self.fail(
                say(
                    f"there is no request {str(value)!r} here. {remedy.en}",
                    f"此处没有申请 {str(value)!r}。{remedy.zh}",
                ),
                param,
                ctx,
            )
        return folder
