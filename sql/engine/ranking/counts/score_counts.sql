-- score_counts: the different published scores of a set, and how many rows have
-- each. Ranks without a sort.

--@ type_io
--@ type: score_counts
--@ many: counts
--@ storage: external
--@ refused: Scores must rise and have no more than the digits said, numbers of rows be above 0; else an error (22P02).
--@ refused_binary: A message that is none is an error (22P03).

COMMENT ON TYPE parindex.score_counts IS
'The different published scores of a set of rows, rounded to a number of decimal places, and how many rows have each; infinities included. Text form: v1 digits 2 {93.60: 3, 93.66: 1}. Made by score_counts(score, digits), merged by rollup; rank_in(), average_rank_in(), percentile_in(), tied_in(), group_in() and rank_group_in() say where a score stands among them, score_counts_rows() what they hold. May be stored and shipped: the same rows give the same bytes.';

--@ ordered_type
--@ type: score_counts
--@ one: value
--@ many: counts
--@ equal: they have the same digits, scores and numbers of rows
--@ order: by their bytes

--@ each
--@ type: float8 | numeric
CREATE FUNCTION parindex.score_counts_add(state parindex.score_counts, score @type@, digits int) RETURNS parindex.score_counts
	LANGUAGE C IMMUTABLE PARALLEL SAFE
	AS 'MODULE_PATHNAME', 'parindex_score_counts_add_@type@';

COMMENT ON FUNCTION parindex.score_counts_add(state parindex.score_counts, score @type@, digits int) IS
'Transition function of score_counts(@type@, int); for aggregates only.';
--@ end

CREATE FUNCTION parindex.score_counts_merge(state parindex.score_counts, other parindex.score_counts) RETURNS parindex.score_counts
	LANGUAGE C IMMUTABLE PARALLEL SAFE
	AS 'MODULE_PATHNAME', 'parindex_score_counts_merge';

COMMENT ON FUNCTION parindex.score_counts_merge(state parindex.score_counts, other parindex.score_counts) IS
'Combine function of score_counts, transition function of rollup; for aggregates only. NULL is skipped. Errors: 22023 where the digits differ.';

CREATE FUNCTION parindex.score_counts_final(state parindex.score_counts) RETURNS parindex.score_counts
	LANGUAGE C IMMUTABLE PARALLEL SAFE
	AS 'MODULE_PATHNAME', 'parindex_score_counts_final';

COMMENT ON FUNCTION parindex.score_counts_final(state parindex.score_counts) IS
'Final function of score_counts and rollup: the canonical form; for aggregates only.';

--@ each
--@ type: float8 | numeric
--@ judged: judged by the shortest decimal text of the score, | exactly,
CREATE AGGREGATE parindex.score_counts(score @type@, digits int) (
	SFUNC = parindex.score_counts_add,
	STYPE = parindex.score_counts,
	SSPACE = 4096,
	FINALFUNC = parindex.score_counts_final,
	COMBINEFUNC = parindex.score_counts_merge,
	PARALLEL = SAFE
);

COMMENT ON AGGREGATE parindex.score_counts(score @type@, digits int) IS
'How many rows have each published score, a score being rounded to digits decimal places (-15 to 15), half away from zero, @judged@ as score_rank(score, digits => n) does. NULL and NaN scores are not counted, infinities are. The same rows give the same bytes in any order, split or number of workers; NULL without a score that is not NULL. Memory: some 32 bytes a different score. Errors: 22004 NULL digits; 22023 digits out of range or varying; 22003 a score of more than 18 digits; 54000 more than 25 million different scores.';
--@ end

CREATE AGGREGATE parindex.rollup(counts parindex.score_counts) (
	SFUNC = parindex.score_counts_merge,
	STYPE = parindex.score_counts,
	SSPACE = 4096,
	FINALFUNC = parindex.score_counts_final,
	COMBINEFUNC = parindex.score_counts_merge,
	PARALLEL = SAFE
);

COMMENT ON AGGREGATE parindex.rollup(parindex.score_counts) IS
'Merges counts, for instance of shards or days: exactly what score_counts gives for all their rows together. NULL is skipped; NULL without any. Errors: 22023 for counts at different digits, 54000 as score_counts.';

CREATE FUNCTION parindex.score_counts_rows(counts parindex.score_counts)
	RETURNS TABLE (score numeric, count bigint)
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE ROWS 10000
	AS 'MODULE_PATHNAME', 'parindex_score_counts_rows';

COMMENT ON FUNCTION parindex.score_counts_rows(parindex.score_counts) IS
'The different scores, the highest first, and how many rows have each. No rows for NULL.';
