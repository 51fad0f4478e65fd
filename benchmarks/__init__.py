"""Measurements that compare; not part of the product."""
