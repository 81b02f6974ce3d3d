CREATE FUNCTION parindex.score_percentile(
	score float8,
	ties text DEFAULT 'max'
) RETURNS float8
	LANGUAGE C IMMUTABLE PARALLEL SAFE WINDOW
	AS 'MODULE_PATHNAME', 'parindex_score_percentile_float8';

COMMENT ON FUNCTION parindex.score_percentile(float8, text) IS
'Window function: percentile of the score among the N ranked rows of its partition, from 0 to 100, the highest at 100. ties max: 100 (count(x <= s) - 1) / (N - 1), the share of the other rows that are no higher; min: 100 count(x < s) / (N - 1), the share that are lower; mid: the mean of both. Rounded once. Needs no ORDER BY in the window and ignores one. NULL and NaN scores get NULL and count for none; a single ranked row gets NULL. ties must be the same for all rows of a partition. Errors: 22023 unknown rule or an argument that varies; 22004 NULL rule; 22003 more than 2147483647 rows.';

CREATE FUNCTION parindex.score_percentile(
	score numeric,
	ties text DEFAULT 'max'
) RETURNS float8
	LANGUAGE C IMMUTABLE PARALLEL SAFE WINDOW
	AS 'MODULE_PATHNAME', 'parindex_score_percentile_numeric';

COMMENT ON FUNCTION parindex.score_percentile(numeric, text) IS
'Window function: percentile of the numeric score, by its full value, among the ranked rows of its partition; rules, NULL, NaN and errors as for score_percentile(float8, text).';
