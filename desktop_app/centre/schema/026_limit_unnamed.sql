-- As every other function, this one works with rights of its own, not with those of whoever comes by.
alter function tajzia.limit_unnamed() security definer;
