"""The costing core: a pipeline of small stages over arrays, each stage a module."""
