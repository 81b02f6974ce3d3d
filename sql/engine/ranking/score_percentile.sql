CREATE FUNCTION parindex.score_percentile(
	score float8,
	ties text DEFAULT 'max'
) RETURNS float8
	LANGUAGE C IMMUTABLE PARALLEL SAFE WINDOW
	AS 'MODULE_PATHNAME', 'parindex_score_percentile_float8';

COMMENT ON FUNCTION parindex.score_percentile(float8, text) IS
'Window function: percentile of the score among the N ranked rows of its partition, from 0 to 100, the highest at 100. ties max: 100 (count(x <= s) - 1) / (N - 1), the share of the other rows that are no higher; min: 100 count(x < s) / (N - 1), the share that are lower; mid: the mean of both; as shares of all N, cume_dist: 100 count(x <= s) / N, and hazen: the mean of that and 100 count(x < s) / N (Hazen 1914), which a single ranked row has too. Rounded once. Needs no ORDER BY in the window and ignores one. NULL and NaN scores get NULL and count for none; a single ranked row gets NULL but for shares of all. ties must be the same for all rows of a partition. Errors: 22023 unknown rule or an argument that varies; 22004 NULL rule; 22003 more than 2147483647 rows.';

CREATE FUNCTION parindex.score_percentile(
	score numeric,
	ties text DEFAULT 'max'
) RETURNS float8
	LANGUAGE C IMMUTABLE PARALLEL SAFE WINDOW
	AS 'MODULE_PATHNAME', 'parindex_score_percentile_numeric';

COMMENT ON FUNCTION parindex.score_percentile(numeric, text) IS
'Window function: percentile of the numeric score, by its full value, among the ranked rows of its partition; rules, NULL, NaN and errors as for score_percentile(float8, text).';

--@ each
--@ type: float8 | numeric
CREATE FUNCTION parindex.score_percentile(
	score @type@,
	digits int
) RETURNS float8
	LANGUAGE C IMMUTABLE PARALLEL SAFE WINDOW
	AS 'MODULE_PATHNAME', 'parindex_score_percentile_digits_@type@';

COMMENT ON FUNCTION parindex.score_percentile(@type@, int) IS
'Window function: percentile of the score as rounded half up, in decimal, to digits places, as it is published; ties max. NULL digits: not rounded. All else as for score_percentile(score, ties). Errors: 22023 digits beyond -15 to 15.';

CREATE FUNCTION parindex.score_percentile(
	score @type@,
	ties text,
	digits int
) RETURNS float8
	LANGUAGE C IMMUTABLE PARALLEL SAFE WINDOW
	AS 'MODULE_PATHNAME', 'parindex_score_percentile_@type@';

COMMENT ON FUNCTION parindex.score_percentile(@type@, text, int) IS
'Window function: percentile of the score as rounded half up, in decimal, to digits places, as it is published. NULL digits: not rounded. All else as for score_percentile(score, ties). Errors: 22023 digits beyond -15 to 15.';
--@ end
