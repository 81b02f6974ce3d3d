-- The same criterion, by stable key, in two sets. Two versions are comparable
-- where stable key, maximum points and rule agree in all leaves; those of the
-- sets as wholes have criterion NULL. Grain: set x previous set x criterion.

-- Replaced by upgrades:

CREATE OR REPLACE VIEW @schema@.criterion_pair WITH (security_invoker) AS
WITH leaf AS (
	SELECT
		c.criterion_id,
		concat_ws(E'\t', c.stable_key, c.max_points, c.rule) AS definition
	FROM @schema@.criterion AS c
	WHERE NOT EXISTS (SELECT FROM @schema@.criterion AS child WHERE child.parent_id = c.criterion_id)
), version AS (
	SELECT
		below.set_id,
		below.criterion_id,
		string_agg(leaf.definition, E'\n' ORDER BY leaf.definition COLLATE "C") AS leaves
	FROM @schema@.criterion_below AS below
	JOIN leaf ON leaf.criterion_id = below.below_id
	GROUP BY below.set_id, below.criterion_id
)
-- criterion_id comes from the table, whose statistics let joins to it be hashed
SELECT
	now.set_id,
	earlier.set_id AS previous_set_id,
	now_criterion.criterion_id,
	earlier_criterion.criterion_id AS previous_criterion_id,
	now.leaves = earlier.leaves AS is_comparable
FROM version AS now
LEFT JOIN @schema@.criterion AS now_criterion ON now_criterion.criterion_id = now.criterion_id
JOIN (
	version AS earlier
	LEFT JOIN @schema@.criterion AS earlier_criterion ON earlier_criterion.criterion_id = earlier.criterion_id
) ON coalesce(earlier_criterion.stable_key, '') = coalesce(now_criterion.stable_key, '');

COMMENT ON VIEW @schema@.criterion_pair IS
	'The same criterion in two sets, by stable key. / Cùng một tiêu chí trong hai bộ tiêu chí, theo khóa ổn định.';
COMMENT ON COLUMN @schema@.criterion_pair.criterion_id IS
	'Criterion; NULL stands for the set as a whole. / Tiêu chí; NULL là toàn bộ bộ tiêu chí.';
COMMENT ON COLUMN @schema@.criterion_pair.is_comparable IS
	'Whether stable key, maximum points and rule of all leaves agree. / Khóa ổn định, điểm tối đa và quy tắc của mọi tiêu chí thành phần có trùng nhau hay không.';
