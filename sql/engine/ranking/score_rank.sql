CREATE FUNCTION parindex.score_rank(
	score float8,
	ties text DEFAULT 'min',
	digits int DEFAULT NULL,
	descending boolean DEFAULT true
) RETURNS int
	LANGUAGE C IMMUTABLE PARALLEL SAFE WINDOW
	AS 'MODULE_PATHNAME', 'parindex_score_rank_float8';

COMMENT ON FUNCTION parindex.score_rank(float8, text, int, boolean) IS
'Window function: rank of the score among all rows of its partition, 1 for the highest, or for the lowest where descending is false. Needs no ORDER BY in the window and ignores one. ties: tied scores share the lowest of their places (min: 1, 2, 2, 4), the highest (max: 1, 3, 3, 4) or one place without a gap after it (dense: 1, 2, 2, 3). digits: scores are compared as rounded to that many decimal places (-15 to 15), half away from zero, judged by their decimal text, so that 93.655 and 93.66 tie at two; NULL: not rounded. NULL and NaN scores get NULL and shift no other row; infinities rank as values, -0 as 0. ties, digits and descending must be the same for all rows of a partition, ties and descending not NULL. Errors: 22023 unknown rule, digits out of range or an argument that varies; 22004 NULL argument; 22003 more than 2147483647 rows. PostgreSQL does not stop early for WHERE rank <= k, as it does for rank(): the whole partition is ranked first; where only the best are wanted, use the aggregate top_scores.';

CREATE FUNCTION parindex.score_rank(
	score numeric,
	ties text DEFAULT 'min',
	digits int DEFAULT NULL,
	descending boolean DEFAULT true
) RETURNS int
	LANGUAGE C IMMUTABLE PARALLEL SAFE WINDOW
	AS 'MODULE_PATHNAME', 'parindex_score_rank_numeric';

COMMENT ON FUNCTION parindex.score_rank(numeric, text, int, boolean) IS
'Window function: rank of the numeric score among all rows of its partition, by its full value; arguments, NULL, NaN and errors as for score_rank(float8, text, int, boolean). PostgreSQL does not stop early for WHERE rank <= k: where only the best are wanted, use the aggregate top_scores.';

CREATE FUNCTION parindex.score_rank(
	score numeric[],
	ties text DEFAULT 'min',
	descending boolean DEFAULT true
) RETURNS int
	LANGUAGE C IMMUTABLE PARALLEL SAFE WINDOW
	AS 'MODULE_PATHNAME', 'parindex_score_rank_numeric_array';

COMMENT ON FUNCTION parindex.score_rank(numeric[], text, boolean) IS
'Window function: rank by several criteria among all rows of the partition: the first element decides, each further one breaks the ties left. Rows tie only where all elements are equal; end the array with a unique key for unique ranks. descending holds for all elements: negate one to turn it round. A NULL or NaN element, or one beyond the end of a shorter array, is missing: a missing first element (or a NULL or empty array) gives NULL and shifts no other row; a missing later one is worse than any value, whichever way the order runs. ties, varying arguments and errors as for score_rank(float8, text, int, boolean); 22023 for an array of more than one dimension. PostgreSQL does not stop early for WHERE rank <= k: where only the best are wanted, use the aggregate top_scores.';

--@ each
--@ type: float8 | numeric
CREATE FUNCTION parindex.average_rank(
	score @type@,
	digits int DEFAULT NULL,
	descending boolean DEFAULT true
) RETURNS numeric
	LANGUAGE C IMMUTABLE PARALLEL SAFE WINDOW
	AS 'MODULE_PATHNAME', 'parindex_average_rank_@type@';

COMMENT ON FUNCTION parindex.average_rank(@type@, int, boolean) IS
'Window function: mean rank of the score among all rows of its partition: tied scores share the mean of their places (1, 2.5, 2.5, 4), as rank() of R and rankdata() of SciPy do; exact, with one decimal where it is a half. digits, descending, NULL, NaN and errors as for score_rank(@type@, text, int, boolean).';
--@ end

CREATE FUNCTION parindex.average_rank(
	score numeric[],
	descending boolean DEFAULT true
) RETURNS numeric
	LANGUAGE C IMMUTABLE PARALLEL SAFE WINDOW
	AS 'MODULE_PATHNAME', 'parindex_average_rank_numeric_array';

COMMENT ON FUNCTION parindex.average_rank(numeric[], boolean) IS
'Window function: mean rank by several criteria: as average_rank(numeric, int, boolean), compared as score_rank(numeric[], text, boolean) does.';
