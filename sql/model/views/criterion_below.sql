-- Every criterion with itself and all below it; below criterion NULL, which
-- stands for the index, is the whole set. Grain: criterion x criterion below.

-- Replaced by upgrades:

CREATE OR REPLACE VIEW @schema@.criterion_below WITH (security_invoker) AS
WITH RECURSIVE climb AS (
	SELECT
		c.set_id,
		c.criterion_id AS below_id,
		c.criterion_id
	FROM @schema@.criterion AS c
	UNION ALL
	SELECT
		climb.set_id,
		climb.below_id,
		c.parent_id
	FROM climb
	JOIN @schema@.criterion AS c ON c.criterion_id = climb.criterion_id
)
-- below_id comes from the table, whose statistics let joins to it be hashed
SELECT
	climb.set_id,
	climb.criterion_id,
	below.criterion_id AS below_id
FROM climb
JOIN @schema@.criterion AS below ON below.criterion_id = climb.below_id;

COMMENT ON VIEW @schema@.criterion_below IS
	'Every criterion with itself and all criteria below it. / Từng tiêu chí cùng chính nó và mọi tiêu chí bên dưới.';
COMMENT ON COLUMN @schema@.criterion_below.criterion_id IS
	'Criterion; NULL stands for the index. / Tiêu chí; NULL là toàn bộ chỉ số.';
COMMENT ON COLUMN @schema@.criterion_below.below_id IS
	'The criterion itself or one below it. / Chính tiêu chí hoặc một tiêu chí bên dưới.';
