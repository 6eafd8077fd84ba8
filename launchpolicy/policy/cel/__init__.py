"""The Common Expression Language: the only room that imports `cel_expr_python`."""
