"""A pack of a launch repository's own, with one policy."""

from __future__ import annotations

PACK = """\
apiVersion: launchpolicy/v1
kind: Pack
metadata: {name: own, title: Own}
spec: {version: 1, bindings: [{policy: watcher-named, action: deny}]}
"""
POLICY = """\
apiVersion: launchpolicy/v1
kind: Policy
metadata: {name: watcher-named, title: Somebody watches}
spec:
  match: {kinds: [LaunchRequest]}
  validations:
    - expression: has(object.spec.people.watcher)
      at: spec.people.watcher
      message: Nobody watches.
  fix: Name a watcher.
"""
