-- Where a score stands among counted ones: what the window functions say of it.

--@ each
--@ type: float8 | numeric
CREATE FUNCTION parindex.rank_in(counts parindex.score_counts, score @type@, ties text DEFAULT 'min', descending boolean DEFAULT true) RETURNS bigint
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE
	AS 'MODULE_PATHNAME', 'parindex_rank_in_@type@';

COMMENT ON FUNCTION parindex.rank_in(parindex.score_counts, @type@, text, boolean) IS
'Rank of the score among the counted ones, 1 for the highest, or for the lowest where descending is false: what score_rank(score, ties, digits, descending) OVER () gives over the rows that were counted. The score is rounded as they were; one that is not among them gets the rank that it would take. NULL for NaN and for a NULL argument. Errors: 22023 unknown rule for ties; 22003 a score of more than 18 digits.';

CREATE FUNCTION parindex.average_rank_in(counts parindex.score_counts, score @type@, descending boolean DEFAULT true) RETURNS numeric
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE
	AS 'MODULE_PATHNAME', 'parindex_average_rank_in_@type@';

COMMENT ON FUNCTION parindex.average_rank_in(parindex.score_counts, @type@, boolean) IS
'Mean rank of the score among the counted ones, as average_rank(score, digits, descending) OVER () gives it. Else as rank_in().';

CREATE FUNCTION parindex.percentile_in(counts parindex.score_counts, score @type@, ties text DEFAULT 'max') RETURNS float8
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE
	AS 'MODULE_PATHNAME', 'parindex_percentile_in_@type@';

COMMENT ON FUNCTION parindex.percentile_in(parindex.score_counts, @type@, text) IS
'Percentile of the score among the counted ones, 0 to 100, as score_percentile(score, ties, digits) OVER () gives it; of a score that is not among them the share of those below it, at most 100. NULL where one score at most was counted (cume_dist and hazen: none), for NaN and for a NULL argument. Errors as for rank_in().';

CREATE FUNCTION parindex.tied_in(counts parindex.score_counts, score @type@) RETURNS bigint
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE
	AS 'MODULE_PATHNAME', 'parindex_tied_in_@type@';

COMMENT ON FUNCTION parindex.tied_in(parindex.score_counts, @type@) IS
'How many of the counted rows have this score; 0: none. NULL for NaN and for a NULL argument. Errors: 22003 a score of more than 18 digits.';

CREATE FUNCTION parindex.group_in(counts parindex.score_counts, score @type@, groups int) RETURNS int
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE
	AS 'MODULE_PATHNAME', 'parindex_group_in_@type@';

COMMENT ON FUNCTION parindex.group_in(parindex.score_counts, @type@, int) IS
'Group of the score where the counted ones are cut at their inner quantiles, as score_group(score, groups, digits) OVER () gives it; a score that is not among them is in the group of the next higher one, or of the highest. NULL for NaN and for a NULL argument. Errors: 22023 groups below 1; 22003 a score of more than 18 digits.';

CREATE FUNCTION parindex.rank_group_in(counts parindex.score_counts, score @type@, groups int, rule text DEFAULT 'from_last', descending boolean DEFAULT false) RETURNS int
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE
	AS 'MODULE_PATHNAME', 'parindex_rank_group_in_@type@';

COMMENT ON FUNCTION parindex.rank_group_in(parindex.score_counts, @type@, int, text, boolean) IS
'Group of the score by its rank among the counted ones, as rank_group(score, groups, rule, digits, descending) OVER () gives it. NULL for NaN and for a NULL argument. Errors: 22023 groups below 1 or an unknown rule; 22003 a score of more than 18 digits.';
--@ end
