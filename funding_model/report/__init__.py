"""What people read: words, charts and tables, made from results and never computed anew."""
