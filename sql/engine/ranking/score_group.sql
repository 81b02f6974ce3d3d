CREATE FUNCTION parindex.score_group(
	score float8,
	groups int
) RETURNS int
	LANGUAGE C IMMUTABLE PARALLEL SAFE WINDOW
	AS 'MODULE_PATHNAME', 'parindex_score_group_float8';

COMMENT ON FUNCTION parindex.score_group(float8, int) IS
'Window function: group of the score where its partition is cut at the inner quantiles of the scores (type 7 of Hyndman and Fan, as quantile() of R and percentile_cont). Group 1 holds the lowest scores, the last group the highest: 1 + the number of quantiles below the score. Tied scores are never split, so groups may differ in size or be empty; 63 distinct scores in 4 groups give 16, 16, 15 and 16. Exact: no quantile is rounded. Needs no ORDER BY in the window and ignores one. NULL and NaN scores get NULL and count for none. groups must be the same for all rows of a partition. Errors: 22023 groups below 1 or varying; 22004 groups NULL; 22003 more than 2147483647 rows.';

CREATE FUNCTION parindex.score_group(
	score numeric,
	groups int
) RETURNS int
	LANGUAGE C IMMUTABLE PARALLEL SAFE WINDOW
	AS 'MODULE_PATHNAME', 'parindex_score_group_numeric';

COMMENT ON FUNCTION parindex.score_group(numeric, int) IS
'Window function: group of the numeric score, by its full value, where its partition is cut at the inner quantiles; group 1 holds the lowest scores; all else as for score_group(float8, int).';

--@ each
--@ type: float8 | numeric
CREATE FUNCTION parindex.score_group(
	score @type@,
	groups int,
	digits int
) RETURNS int
	LANGUAGE C IMMUTABLE PARALLEL SAFE WINDOW
	AS 'MODULE_PATHNAME', 'parindex_score_group_@type@';

COMMENT ON FUNCTION parindex.score_group(@type@, int, int) IS
'Window function: group of the score as rounded half up, in decimal, to digits places, so that what is equal as published is in one group. NULL digits: not rounded. All else as for score_group(score, groups). Errors: 22023 digits beyond -15 to 15.';
--@ end

--@ each
--@ type: float8 | numeric
CREATE FUNCTION parindex.rank_group(
	score @type@,
	groups int,
	rule text DEFAULT 'from_last',
	digits int DEFAULT NULL,
	descending boolean DEFAULT false
) RETURNS int
	LANGUAGE C IMMUTABLE PARALLEL SAFE WINDOW
	AS 'MODULE_PATHNAME', 'parindex_rank_group_@type@';

COMMENT ON FUNCTION parindex.rank_group(@type@, int, text, int, boolean) IS
'Window function: group of the score by its rank in the partition, as official statistics cut deciles. With n scores, k groups and r the least rank of tied ones, 1 for the lowest score, or for the highest where descending: from_last, k + 1 - ceil((n + 1 - r) k / n), as deprivation deciles are assigned; from_first, ceil(r k / n); ntile, groups as ntile() would make them, the larger first, tied scores in the group of the first of them. Exact in integers. Group 1 holds rank 1. digits: scores are compared as rounded to that many places, as in score_rank(). Needs no ORDER BY in the window and ignores one. NULL and NaN scores get NULL and count for none. All but the score must be the same for all rows of a partition. Errors: 22023 groups below 1, an unknown rule, digits beyond -15 to 15, or an argument that varies; 22004 for a NULL among groups, rule and descending; 22003 more than 2147483647 rows.';
--@ end
