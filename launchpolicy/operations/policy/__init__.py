"""The use cases of `launchpolicy policy`: draft, test, measure and explain policies."""
