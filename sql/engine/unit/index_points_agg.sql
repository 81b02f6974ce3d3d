-- Points of one unit a group, in exact decimal: aggregates that collect its
-- cells, and what reads them.

--@ type_io
--@ type: index_points
--@ many: points
--@ refused: Malformed text is an error (22P02).
--@ refused_binary: A malformed value is an error (22P03).

COMMENT ON TYPE parindex.index_points IS
'Points of one unit by leaf of a framework: 8 bytes a leaf, 16 where points have more than 8 decimals or are very large, and the framework''s fingerprint. Made by index_points_agg(); merged by rollup(); read, with the same framework, by index_percent() and point_rows().';

CREATE FUNCTION parindex.index_points_add(state parindex.index_points, framework parindex.framework, code text, points numeric) RETURNS parindex.index_points
	LANGUAGE C IMMUTABLE PARALLEL SAFE
	AS 'MODULE_PATHNAME', 'parindex_index_points_add';

COMMENT ON FUNCTION parindex.index_points_add(state parindex.index_points, framework parindex.framework, code text, points numeric) IS
'Transition of index_points_agg(): adds a cell.';

CREATE FUNCTION parindex.index_points_add(state parindex.index_points, framework parindex.framework, code text, points numeric, status text) RETURNS parindex.index_points
	LANGUAGE C IMMUTABLE PARALLEL SAFE
	AS 'MODULE_PATHNAME', 'parindex_index_points_add';

COMMENT ON FUNCTION parindex.index_points_add(state parindex.index_points, framework parindex.framework, code text, points numeric, status text) IS
'Transition of index_points_agg() with a status: adds a cell.';

CREATE FUNCTION parindex.index_points_merge(state parindex.index_points, other parindex.index_points) RETURNS parindex.index_points
	LANGUAGE C IMMUTABLE PARALLEL SAFE
	AS 'MODULE_PATHNAME', 'parindex_index_points_merge';

COMMENT ON FUNCTION parindex.index_points_merge(state parindex.index_points, other parindex.index_points) IS
'Puts the cells of two partial states together; the second is only read.';

CREATE AGGREGATE parindex.index_points_agg(framework parindex.framework, code text, points numeric) (
	SFUNC = parindex.index_points_add,
	STYPE = parindex.index_points,
	COMBINEFUNC = parindex.index_points_merge,
	PARALLEL = safe
);

COMMENT ON AGGREGATE parindex.index_points_agg(framework parindex.framework, code text, points numeric) IS
'The points of one unit a group, for index_percent() and point_rows() with the same framework. code: a leaf; points: exact, with at most 20 decimals and below 10^17 (else 22003), NULL: missing; a leaf without a row is missing too. Errors: a code that is unknown or no leaf, points not finite (22023), two rows of one leaf (23505), a NULL framework or code (22004). The order of rows has no influence. Read the framework once, not a row: index_points_agg((SELECT framework FROM ...), code, points).';

CREATE AGGREGATE parindex.index_points_agg(framework parindex.framework, code text, points numeric, status text) (
	SFUNC = parindex.index_points_add,
	STYPE = parindex.index_points,
	COMBINEFUNC = parindex.index_points_merge,
	PARALLEL = safe
);

COMMENT ON AGGREGATE parindex.index_points_agg(framework parindex.framework, code text, points numeric, status text) IS
'The points of one unit a group, for index_percent() and point_rows() with the same framework. code: a leaf; points: exact, with at most 20 decimals and below 10^17 (else 22003), NULL: missing; a leaf without a row is missing too. status: observed, missing or not_applicable; NULL: as points says; a status against the points is an error (22023). Errors: a code that is unknown or no leaf, points not finite (22023), two rows of one leaf (23505), a NULL framework or code (22004). The order of rows has no influence. Read the framework once, not a row: index_points_agg((SELECT framework FROM ...), code, points).';

CREATE AGGREGATE parindex.rollup(points parindex.index_points) (
	SFUNC = parindex.index_points_merge,
	STYPE = parindex.index_points,
	COMBINEFUNC = parindex.index_points_merge,
	PARALLEL = safe
);

COMMENT ON AGGREGATE parindex.rollup(points parindex.index_points) IS
'Puts partial states of the same unit and framework together. A leaf in two of them is an error (23505), another framework too (22023).';

CREATE FUNCTION parindex.index_percent(points parindex.index_points, framework parindex.framework, digits int DEFAULT 2) RETURNS numeric
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE
	AS 'MODULE_PATHNAME', 'parindex_index_percent';

COMMENT ON FUNCTION parindex.index_percent(points parindex.index_points, framework parindex.framework, digits int) IS
'Index in per cent: 100 * points / applicable maximum of the root, exact and rounded once, half away from zero, to that many decimals; NULL where the root has no points, or the maximum is 0. A leafs maximum is its max_points, or else its weight; points and maxima add up from the leaves. Not applicable cells, and missing ones under the rule excuse, leave every maximum above; under zero a missing child earns 0 of its maximum, under renormalise as much of it as its siblings of theirs, under propagate the node has no points, under error it is refused (22004). A nodes round_digits rounds its points, half away from zero, before they are added further. Errors: another framework than the one the cells were collected for (22023); methods other than arithmetic and sum, a floor or a rescaling, which are of scores (0A000); the max_points of an inner criterion that is not the sum of those below (22023); digits outside 0 to 20 (22023).';

CREATE FUNCTION parindex.point_rows(
	points parindex.index_points, framework parindex.framework, digits int DEFAULT 2,
	OUT code text, OUT parent text, OUT depth int, OUT points numeric, OUT max_points numeric,
	OUT index_percent numeric, OUT status text, OUT children_scored int,
	OUT children_expected int, OUT leaves_observed int, OUT weight_coverage float8
) RETURNS SETOF record
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE
	AS 'MODULE_PATHNAME', 'parindex_point_rows';

COMMENT ON FUNCTION parindex.point_rows(parindex.index_points, parindex.framework, int) IS
'Every criterion with its points, its maximum less what has left, and its index in per cent rounded to digits, parents before their children; rules and errors as of index_percent(). Points are shown with as many decimals as the unit''s points have; where renormalise leads out of the finite decimals, with 20, but they are added and divided exactly. status: observed, missing or not_applicable. weight_coverage: share of the applicable maximum that is observed, 0 to 1, NULL where that maximum is 0.';
