-- Confidence sets for ranks of estimates.

CREATE TYPE parindex.rank_set AS (
	unit text,
	estimate float8,
	se float8,
	rank int,
	rank_low int,
	rank_high int,
	steps int,
	critical_first float8,
	critical_value float8,
	critical_error float8,
	margin float8,
	draws int,
	errors text,
	status text
);

COMMENT ON TYPE parindex.rank_set IS
'A unit''s rank and the confidence set for it, rank_low to rank_high, as rank_confidence() and rank_confidence_agg() make them; see there for what the columns mean.';

CREATE FUNCTION parindex.rank_confidence(
	unit text[],
	estimate float8[],
	se float8[] DEFAULT NULL,
	covariance float8[] DEFAULT NULL,
	level float8 DEFAULT 0.95,
	kind text DEFAULT 'marginal',
	side text DEFAULT 'two',
	stepdown bool DEFAULT true,
	draws int DEFAULT NULL,
	seed bigint DEFAULT 0
) RETURNS SETOF parindex.rank_set
	LANGUAGE C IMMUTABLE PARALLEL SAFE COST 1000000 ROWS 100
	AS 'MODULE_PATHNAME', 'parindex_rank_confidence';

COMMENT ON FUNCTION parindex.rank_confidence(text[], float8[], float8[], float8[], float8, text, text, bool, int, bigint) IS
'Confidence sets for the ranks of units from estimates with errors (Mogstad, Romano, Shaikh and Wilhelm 2024): ranks rank_low to rank_high, 1 the highest estimate, which the true rank is among with the probability level. It is sampling error only. Arrays have an element a unit, in one order; a row a unit, in that order. Give se, standard errors of estimates that are independent, or covariance, a square matrix in the order of units as svy_vcov() and covariances of replicates are; column errors says which: independent or covariance. kind marginal: the set of each unit by itself has the level; simultaneous: all sets together. side two, or lower or upper for a bound to one side: rank_high is then the number of units, or rank_low 1. stepdown: pairs found to be in a certain order are left out of a further, smaller critical value, until nothing more is found. Marginal sets of uncorrelated estimates have exact critical values by quadrature, good to 1e-8; the others take theirs from draws of normal errors that depend on seed, draw and the place of the unit among the codes in the order of their bytes (Philox4x32-10), so that neither the order of units nor the machine changes a bit; draws from 100 to 1000000, NULL for 100000, of more than 100 correlated units fewer, down to 10000. rank: 1 + the number of estimates above; ties share the best. steps: critical values needed; critical_first, critical_value: the first and the last, in standard errors of a difference; critical_error: standard error of critical_value by its draws, 0 by quadrature; margin: least distance of a studentised difference from a critical value in any step, of the unit''s own pairs where marginal; a margin below three critical_error says that other draws might move a bound by one. draws: how many were made, 0 for none. Two units whose difference has no error are certain: in their order, or tied, when neither makes the other''s set longer. Where no pair is uncertain steps is 0 and critical values are NULL. status ok, or, with NULL for ranks, no_estimate or no_error where a unit is left out: its estimate, its se or its variance is NULL; the others are ranked without it. Errors: 22023 for a level outside 0 to 1, an unknown kind or side, too few or many draws, an estimate or error that is not finite, a negative error, a unit that stands twice, both se and covariance, a covariance that is not symmetric or not positive semidefinite (its smallest eigenvalue is named); 2202E for arrays of different lengths; 22004 for a NULL unit, a NULL setting other than draws, neither se nor covariance, a NULL covariance of two units with variances; 54000 for more than 134217728 draws times correlated units. No rows where unit or estimate is NULL.';

CREATE FUNCTION parindex.rank_tau_sets(
	unit text[],
	estimate float8[],
	tau int,
	se float8[] DEFAULT NULL,
	covariance float8[] DEFAULT NULL,
	level float8 DEFAULT 0.95,
	stepdown bool DEFAULT true,
	draws int DEFAULT NULL,
	seed bigint DEFAULT 0
) RETURNS TABLE(unit text, estimate float8, se float8, rank int, in_best bool, in_worst bool, rank_low int, rank_high int, steps int, critical_value float8, critical_error float8, margin float8, draws int, errors text, status text)
	LANGUAGE C IMMUTABLE PARALLEL SAFE COST 1000000 ROWS 100
	AS 'MODULE_PATHNAME', 'parindex_rank_tau_sets';

COMMENT ON FUNCTION parindex.rank_tau_sets(text[], float8[], int, float8[], float8[], float8, bool, int, bigint) IS
'Which units may be among the best tau, and which among the worst tau, by estimates with errors (Mogstad, Romano, Shaikh and Wilhelm 2024). in_best: the unit is in a set of units that holds the true tau best with the probability level: those whose rank_low is at most tau; in_worst, of the tau worst: rank_high above the number of units less tau. The bounds are those of rank_confidence() of kind simultaneous, and both sets hold at once. All other arguments, columns and errors are as there; tau is at least 1 (22023), and not NULL (22004).';

CREATE FUNCTION parindex.rank_confidence_add(state internal, unit text, estimate float8, se float8) RETURNS internal
	LANGUAGE C IMMUTABLE PARALLEL SAFE
	AS 'MODULE_PATHNAME', 'parindex_rank_confidence_add';

COMMENT ON FUNCTION parindex.rank_confidence_add(internal, text, float8, float8) IS
'Transition function of rank_confidence_agg(); for aggregates only.';

CREATE FUNCTION parindex.rank_confidence_add(state internal, unit text, estimate float8, se float8, level float8, kind text, side text, stepdown bool, draws int, seed bigint) RETURNS internal
	LANGUAGE C IMMUTABLE PARALLEL SAFE
	AS 'MODULE_PATHNAME', 'parindex_rank_confidence_add';

COMMENT ON FUNCTION parindex.rank_confidence_add(internal, text, float8, float8, float8, text, text, bool, int, bigint) IS
'Transition function of rank_confidence_agg() with settings; for aggregates only.';

CREATE FUNCTION parindex.rank_confidence_final(state internal) RETURNS parindex.rank_set[]
	LANGUAGE C IMMUTABLE PARALLEL SAFE
	AS 'MODULE_PATHNAME', 'parindex_rank_confidence_final';

COMMENT ON FUNCTION parindex.rank_confidence_final(internal) IS
'Final function of rank_confidence_agg(); for aggregates only.';

CREATE AGGREGATE parindex.rank_confidence_agg(unit text, estimate float8, se float8) (
	SFUNC = parindex.rank_confidence_add,
	STYPE = internal,
	FINALFUNC = parindex.rank_confidence_final,
	PARALLEL = SAFE
);

COMMENT ON AGGREGATE parindex.rank_confidence_agg(text, float8, float8) IS
'Marginal confidence sets for the ranks of the units of a group, at 95 %, two-sided, from independent estimates and their standard errors: rank_confidence() for GROUP BY, read by unnest(). The sets come in the order of the units'' bytes, whatever the order of rows, which changes no bit. A unit whose estimate or se is NULL is left out, with its status. For covariances give array_agg() of units and estimates to rank_confidence(). Columns and errors as there. NULL of no rows.';

CREATE AGGREGATE parindex.rank_confidence_agg(unit text, estimate float8, se float8, level float8, kind text, side text, stepdown bool, draws int, seed bigint) (
	SFUNC = parindex.rank_confidence_add,
	STYPE = internal,
	FINALFUNC = parindex.rank_confidence_final,
	PARALLEL = SAFE
);

COMMENT ON AGGREGATE parindex.rank_confidence_agg(text, float8, float8, float8, text, text, bool, int, bigint) IS
'rank_confidence_agg(unit, estimate, se) with the settings of rank_confidence(), which must be the same in all rows of a group (22023).';
