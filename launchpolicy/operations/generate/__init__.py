"""The generated files of this project, made from its schemas, policies and registries."""
