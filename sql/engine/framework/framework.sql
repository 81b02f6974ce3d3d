-- A tree of weighted criteria as one value.

--@ type_io
--@ type: framework
--@ many: frameworks
--@ storage: external
--@ refused: Malformed text is an error (22P02) with line and character, an impossible tree one that names the criterion.
--@ refused_binary: A malformed value is an error (22P03), an impossible tree one that names the criterion.

COMMENT ON TYPE parindex.framework IS
'Tree of weighted criteria with what each says of method, missing children, rounding and rescaling; checked when it is made. Text form, written with a criterion a line: PAR [missing zero] { D1: 60 { a: 50, b: 10 [direction -1] }, D2: 40 [method geometric, floor 1] { c: 10, d: 30 } } - code, weight, settings, children. Settings: direction -1 (less is better), max 50 (most points), rule "text" and transform log1p (of a leaf), method with power or scale, order (3, 2, 1) (weights by place, of method owa), missing, min_children, min_share, floor, round 2 or round 2 half_even, rescale minmax 0 10, zscore 100 10, population_zscore, maximum 100 or minmax_100, zeros zero, best 5, trim 1, veto 40 cap 20 (where this score is below 40, its parent''s is at most 20) and own_value first (the node takes a value of its own where there is one, else combines those below). A code of other than letters, digits, _ . - is quoted. Order of siblings has no meaning; equal trees are equal values.';

CREATE FUNCTION parindex.framework_add(state internal, code text, parent text, weight float8, direction int) RETURNS internal
	LANGUAGE C IMMUTABLE PARALLEL SAFE
	AS 'MODULE_PATHNAME', 'parindex_framework_add';

COMMENT ON FUNCTION parindex.framework_add(state internal, code text, parent text, weight float8, direction int) IS
'Transition of framework_agg(): adds a criterion.';

CREATE FUNCTION parindex.framework_add(state internal, code text, parent text, weight float8, direction int, max_points numeric, method text, missing text, min_children int, min_share float8, round_digits int, rescale text, power float8, floor float8, rule text) RETURNS internal
	LANGUAGE C IMMUTABLE PARALLEL SAFE
	AS 'MODULE_PATHNAME', 'parindex_framework_add';

COMMENT ON FUNCTION parindex.framework_add(state internal, code text, parent text, weight float8, direction int, max_points numeric, method text, missing text, min_children int, min_share float8, round_digits int, rescale text, power float8, floor float8, rule text) IS
'Transition of the full form of framework_agg(): adds a criterion.';

CREATE FUNCTION parindex.framework_add(state internal, code text, parent text, weight float8, direction int, settings text) RETURNS internal
	LANGUAGE C IMMUTABLE PARALLEL SAFE
	AS 'MODULE_PATHNAME', 'parindex_framework_add';

COMMENT ON FUNCTION parindex.framework_add(state internal, code text, parent text, weight float8, direction int, settings text) IS
'Transition of the form of framework_agg() with settings: adds a criterion.';

CREATE FUNCTION parindex.framework_final(state internal) RETURNS parindex.framework
	LANGUAGE C IMMUTABLE PARALLEL SAFE
	AS 'MODULE_PATHNAME', 'parindex_framework_final';

COMMENT ON FUNCTION parindex.framework_final(state internal) IS
'Final function of framework_agg(): checks the tree.';

CREATE AGGREGATE parindex.framework_agg(code text, parent text, weight float8, direction int) (
	SFUNC = parindex.framework_add,
	STYPE = internal,
	FINALFUNC = parindex.framework_final,
	PARALLEL = safe
);

COMMENT ON AGGREGATE parindex.framework_agg(code text, parent text, weight float8, direction int) IS
'A framework from one row a criterion: its code, the code of its parent (NULL: the root), its weight among its siblings (NULL: 1; 0: it is not there, under every method and missing rule) and, of a leaf, its direction (1, or NULL: more is better; -1: less is better). Errors: NULL code (22004); a code there twice (23505); a parent that is not there (23503); no root or several, a cycle, weights below zero, not finite or all zero among siblings, a direction other than 1 and -1, an unknown name (22023). NULL where there are no rows. The order of rows has no meaning.';

CREATE AGGREGATE parindex.framework_agg(code text, parent text, weight float8, direction int, settings text) (
	SFUNC = parindex.framework_add,
	STYPE = internal,
	FINALFUNC = parindex.framework_final,
	PARALLEL = safe
);

COMMENT ON AGGREGATE parindex.framework_agg(code text, parent text, weight float8, direction int, settings text) IS
'A framework from one row a criterion, whose settings are written as in the text of a framework, without its brackets: method owa, order (3, 2, 1) or transform log1p, rule "ratio max 10"; NULL or empty: none. framework_settings() reads them back. Else as framework_agg(code, parent, weight, direction). Errors: its own; 22P02 for settings that cannot be read, naming criterion and place.';

CREATE AGGREGATE parindex.framework_agg(code text, parent text, weight float8, direction int, max_points numeric, method text, missing text, min_children int, min_share float8, round_digits int, rescale text, power float8, floor float8, rule text) (
	SFUNC = parindex.framework_add,
	STYPE = internal,
	FINALFUNC = parindex.framework_final,
	PARALLEL = safe
);

COMMENT ON AGGREGATE parindex.framework_agg(code text, parent text, weight float8, direction int, max_points numeric, method text, missing text, min_children int, min_share float8, round_digits int, rescale text, power float8, floor float8, rule text) IS
'A framework from one row a criterion, in the order of the columns of framework_nodes(); NULL stands for the default. max_points: most points of the criterion (default: its weight). How children make a score, of no meaning for a leaf: method arithmetic (default), geometric, harmonic, power (of exponent power), min, max, median, sum (of weight times score), product (of scores to the power of their weights), penalised_mean and penalised_mean_plus (mean less, or plus, variance over mean: the Mazziotta-Pareto index) or, in a text or by settings, turned_geometric and owa; missing, for children without a score: renormalise (default: siblings share the weight), excuse (the weight leaves all ancestors), zero, propagate (no score) or error; min_children and min_share: with fewer scored children, or a smaller share of them (0 to 1), no score; floor: lower scores are raised to it; rescale, over all units: none (default), minmax (to 0 and 1, or minmax 1 10), minmax_100, zscore (mean 0 and sample deviation 1, or zscore 100 10), population_zscore (deviation by n) or maximum (the greatest becomes 100, or another number). round_digits: scores are rounded half-up before they go up (default: not). rule: the scoring rule of a leaf. Errors: NULL code (22004); a code there twice (23505); a parent that is not there (23503); no root or several, a cycle, weights below zero, not finite or all zero among siblings, a direction other than 1 and -1, an unknown name (22023). NULL where there are no rows. The order of rows has no meaning.';

CREATE FUNCTION parindex.framework_nodes(
	framework parindex.framework,
	OUT code text, OUT parent text, OUT depth int, OUT weight float8, OUT direction int,
	OUT max_points numeric, OUT method text, OUT missing text, OUT min_children int,
	OUT min_share float8, OUT round_digits int, OUT rescale text, OUT power float8,
	OUT floor float8, OUT rule text, OUT is_leaf bool
) RETURNS SETOF record
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE
	AS 'MODULE_PATHNAME', 'parindex_framework_nodes';

COMMENT ON FUNCTION parindex.framework_nodes(parindex.framework) IS
'One row a criterion, parents before their children, siblings in natural order of their codes; the root has depth 0. NULL is what a node does not say: a leaf how children combine, an inner node a direction.';

CREATE FUNCTION parindex.framework_settings(
	framework parindex.framework,
	OUT code text, OUT parent text, OUT depth int, OUT weight float8, OUT settings text
) RETURNS SETOF record
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE
	AS 'MODULE_PATHNAME', 'parindex_framework_settings';

COMMENT ON FUNCTION parindex.framework_settings(parindex.framework) IS
'One row a criterion, in the order of framework_nodes(), with all that its framework says of it as text, NULL where that is nothing but code and weight; framework_agg(code, parent, weight, NULL, settings) makes the same framework again.';

CREATE FUNCTION parindex.effective_weights(
	framework parindex.framework,
	OUT code text, OUT depth int, OUT weight float8, OUT effective_weight float8
) RETURNS SETOF record
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE
	AS 'MODULE_PATHNAME', 'parindex_effective_weights';

COMMENT ON FUNCTION parindex.effective_weights(parindex.framework) IS
'Share of each criterion in the index: the product of its weight and those of its ancestors, each divided by the sum of its siblings'' weights; 1 for the root.';

CREATE FUNCTION parindex.with_weights(framework parindex.framework, codes text[], weights float8[]) RETURNS parindex.framework
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE
	AS 'MODULE_PATHNAME', 'parindex_with_weights';

COMMENT ON FUNCTION parindex.with_weights(framework parindex.framework, codes text[], weights float8[]) IS
'The framework with other weights for these criteria; siblings not named keep theirs. An unknown code, or one named twice, is an error (22023), as is another number of weights than of codes (2202E).';

CREATE FUNCTION parindex.with_method(framework parindex.framework, method text, codes text[] DEFAULT NULL, power float8 DEFAULT NULL) RETURNS parindex.framework
	LANGUAGE C IMMUTABLE PARALLEL SAFE
	AS 'MODULE_PATHNAME', 'parindex_with_method';

COMMENT ON FUNCTION parindex.with_method(framework parindex.framework, method text, codes text[], power float8) IS
'The framework with another method for these inner criteria, or for all where codes is NULL; power is the exponent of method power. An unknown code, a leaf or an unknown method is an error (22023).';

CREATE FUNCTION parindex.with_missing(framework parindex.framework, missing text, codes text[] DEFAULT NULL) RETURNS parindex.framework
	LANGUAGE C IMMUTABLE PARALLEL SAFE
	AS 'MODULE_PATHNAME', 'parindex_with_missing';

COMMENT ON FUNCTION parindex.with_missing(framework parindex.framework, missing text, codes text[]) IS
'The framework with another rule for missing children of these inner criteria, or of all where codes is NULL. An unknown code, a leaf or an unknown rule is an error (22023).';

--@ ordered_type
--@ type: framework
--@ one: framework
--@ many: frameworks
--@ equal: they have the same criteria, said in the same way, and the same fingerprint
--@ order: by their fingerprints
