update ticket set changed_at = 1753952400000 where state in ('resolved', 'closed');
