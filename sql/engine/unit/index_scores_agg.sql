-- Scores of one unit a group: aggregates that collect its cells, and what
-- reads them.

--@ type_io
--@ type: index_scores
--@ many: cells
--@ refused: Malformed text is an error (22P02).
--@ refused_binary: A malformed value is an error (22P03).

COMMENT ON TYPE parindex.index_scores IS
'Cells of one unit by leaf of a framework: 8 bytes a leaf and the framework''s fingerprint. Made by index_scores_agg(); merged by rollup(); read, with the same framework, by index_score() and score_rows().';

CREATE FUNCTION parindex.index_scores_add(state parindex.index_scores, framework parindex.framework, code text, value float8) RETURNS parindex.index_scores
	LANGUAGE C IMMUTABLE PARALLEL SAFE
	AS 'MODULE_PATHNAME', 'parindex_index_scores_add';

COMMENT ON FUNCTION parindex.index_scores_add(state parindex.index_scores, framework parindex.framework, code text, value float8) IS
'Transition of index_scores_agg(): adds a cell.';

CREATE FUNCTION parindex.index_scores_add(state parindex.index_scores, framework parindex.framework, code text, value float8, status text) RETURNS parindex.index_scores
	LANGUAGE C IMMUTABLE PARALLEL SAFE
	AS 'MODULE_PATHNAME', 'parindex_index_scores_add';

COMMENT ON FUNCTION parindex.index_scores_add(state parindex.index_scores, framework parindex.framework, code text, value float8, status text) IS
'Transition of index_scores_agg() with a status: adds a cell.';

CREATE FUNCTION parindex.index_scores_merge(state parindex.index_scores, other parindex.index_scores) RETURNS parindex.index_scores
	LANGUAGE C IMMUTABLE PARALLEL SAFE
	AS 'MODULE_PATHNAME', 'parindex_index_scores_merge';

COMMENT ON FUNCTION parindex.index_scores_merge(state parindex.index_scores, other parindex.index_scores) IS
'Puts the cells of two partial states together; the second is only read.';

CREATE AGGREGATE parindex.index_scores_agg(framework parindex.framework, code text, value float8) (
	SFUNC = parindex.index_scores_add,
	STYPE = parindex.index_scores,
	COMBINEFUNC = parindex.index_scores_merge,
	PARALLEL = safe
);

COMMENT ON AGGREGATE parindex.index_scores_agg(framework parindex.framework, code text, value float8) IS
'The cells of one unit a group, for index_score() and score_rows() with the same framework. code: a leaf; value: its score, finite, NULL: missing; a leaf without a row is missing too. Errors: a code that is unknown or no leaf (22023), two rows of one leaf (23505), a NULL framework or code (22004). The order of rows has no influence. Read the framework once, not a row: index_scores_agg((SELECT framework FROM ...), code, value).';

CREATE AGGREGATE parindex.index_scores_agg(framework parindex.framework, code text, value float8, status text) (
	SFUNC = parindex.index_scores_add,
	STYPE = parindex.index_scores,
	COMBINEFUNC = parindex.index_scores_merge,
	PARALLEL = safe
);

COMMENT ON AGGREGATE parindex.index_scores_agg(framework parindex.framework, code text, value float8, status text) IS
'The cells of one unit a group, for index_score() and score_rows() with the same framework. code: a leaf; value: its score, finite, NULL: missing; a leaf without a row is missing too. status: observed, missing or not_applicable; NULL: as value says; a status against the value is an error (22023). Errors: a code that is unknown or no leaf (22023), two rows of one leaf (23505), a NULL framework or code (22004). The order of rows has no influence. Read the framework once, not a row: index_scores_agg((SELECT framework FROM ...), code, value).';

CREATE AGGREGATE parindex.rollup(scores parindex.index_scores) (
	SFUNC = parindex.index_scores_merge,
	STYPE = parindex.index_scores,
	COMBINEFUNC = parindex.index_scores_merge,
	PARALLEL = safe
);

COMMENT ON AGGREGATE parindex.rollup(scores parindex.index_scores) IS
'Puts partial states of the same unit and framework together. A leaf in two of them is an error (23505), another framework too (22023).';

CREATE FUNCTION parindex.index_score(scores parindex.index_scores, framework parindex.framework) RETURNS float8
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE
	AS 'MODULE_PATHNAME', 'parindex_index_score';

COMMENT ON FUNCTION parindex.index_score(scores parindex.index_scores, framework parindex.framework) IS
'Score of the root, the index; NULL where it has none. Another framework than the one the cells were collected for is an error (22023), as is a node rescaled over all units (0A000). Of scores out of a methods domain the error names node and child.';

CREATE FUNCTION parindex.index_score(scores parindex.index_scores, framework parindex.framework, code text) RETURNS float8
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE
	AS 'MODULE_PATHNAME', 'parindex_index_score';

COMMENT ON FUNCTION parindex.index_score(scores parindex.index_scores, framework parindex.framework, code text) IS
'Score of one criterion; NULL where it has none. An unknown code is an error (22023); else as index_score(index_scores, framework).';

CREATE FUNCTION parindex.score_rows(
	scores parindex.index_scores, framework parindex.framework,
	OUT code text, OUT parent text, OUT depth int, OUT score float8, OUT children_scored int,
	OUT children_expected int, OUT leaves_observed int, OUT weight_coverage float8
) RETURNS SETOF record
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE
	AS 'MODULE_PATHNAME', 'parindex_score_rows';

COMMENT ON FUNCTION parindex.score_rows(parindex.index_scores, parindex.framework) IS
'Every criterion with its score (NULL: none), parents before their children; the same bits as index_scores(score_matrix, framework). children_expected: those applicable; children_scored: those with a score of their own, not a zero for a missing one; weight_coverage: share of the applicable weight below it that is observed, 0 to 1, NULL where nothing is applicable. Errors as of index_score().';
