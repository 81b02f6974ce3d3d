-- Weighted geometric, harmonic and power means of float8.

CREATE FUNCTION parindex.weighted_geometric_mean_add(state parindex.weighted_sums, value float8, weight float8) RETURNS parindex.weighted_sums
	LANGUAGE C IMMUTABLE PARALLEL SAFE
	AS 'MODULE_PATHNAME', 'parindex_weighted_geometric_mean_add';

COMMENT ON FUNCTION parindex.weighted_geometric_mean_add(state parindex.weighted_sums, value float8, weight float8) IS
'Transition of weighted_geometric_mean(): adds a row.';

CREATE FUNCTION parindex.weighted_geometric_mean_remove(state parindex.weighted_sums, value float8, weight float8) RETURNS parindex.weighted_sums
	LANGUAGE C IMMUTABLE PARALLEL SAFE
	AS 'MODULE_PATHNAME', 'parindex_weighted_geometric_mean_remove';

COMMENT ON FUNCTION parindex.weighted_geometric_mean_remove(state parindex.weighted_sums, value float8, weight float8) IS
'Inverse transition of weighted_geometric_mean(): takes a row out exactly.';

CREATE FUNCTION parindex.weighted_geometric_mean_final(state parindex.weighted_sums) RETURNS float8
	LANGUAGE C IMMUTABLE PARALLEL SAFE
	AS 'MODULE_PATHNAME', 'parindex_weighted_geometric_mean_final';

COMMENT ON FUNCTION parindex.weighted_geometric_mean_final(state parindex.weighted_sums) IS
'Final function of weighted_geometric_mean().';

CREATE AGGREGATE parindex.weighted_geometric_mean(value float8, weight float8) (
	SFUNC = parindex.weighted_geometric_mean_add,
	STYPE = parindex.weighted_sums,
	SSPACE = 128,
	FINALFUNC = parindex.weighted_geometric_mean_final,
	COMBINEFUNC = parindex.weighted_sums_merge,
	MSFUNC = parindex.weighted_geometric_mean_add,
	MINVFUNC = parindex.weighted_geometric_mean_remove,
	MSTYPE = parindex.weighted_sums,
	MSSPACE = 128,
	MFINALFUNC = parindex.weighted_geometric_mean_final,
	PARALLEL = safe
);

COMMENT ON AGGREGATE parindex.weighted_geometric_mean(value float8, weight float8) IS
'Weighted geometric mean exp(sum(weight * ln(value)) / sum(weight)), in units of the value. Logarithms have 112 bits after the point, their sum is exact; the largest error observed against MPFR is 0.500 units in the last place. A value of zero or below is an error (2201E). NaN gives NaN, infinity gives infinity. NULL values are skipped with their weights; a NULL weight with a value is an error (22004), a negative or non-finite weight too (22023). NULL without rows, and where all weights are zero. The same bits for any row order, plan, frame or machine. Formula: OECD/JRC, Handbook on Constructing Composite Indicators (2008), step 6.';

CREATE FUNCTION parindex.weighted_harmonic_mean_add(state parindex.weighted_sums, value float8, weight float8) RETURNS parindex.weighted_sums
	LANGUAGE C IMMUTABLE PARALLEL SAFE
	AS 'MODULE_PATHNAME', 'parindex_weighted_harmonic_mean_add';

COMMENT ON FUNCTION parindex.weighted_harmonic_mean_add(state parindex.weighted_sums, value float8, weight float8) IS
'Transition of weighted_harmonic_mean(): adds a row.';

CREATE FUNCTION parindex.weighted_harmonic_mean_remove(state parindex.weighted_sums, value float8, weight float8) RETURNS parindex.weighted_sums
	LANGUAGE C IMMUTABLE PARALLEL SAFE
	AS 'MODULE_PATHNAME', 'parindex_weighted_harmonic_mean_remove';

COMMENT ON FUNCTION parindex.weighted_harmonic_mean_remove(state parindex.weighted_sums, value float8, weight float8) IS
'Inverse transition of weighted_harmonic_mean(): takes a row out exactly.';

CREATE FUNCTION parindex.weighted_harmonic_mean_final(state parindex.weighted_sums) RETURNS float8
	LANGUAGE C IMMUTABLE PARALLEL SAFE
	AS 'MODULE_PATHNAME', 'parindex_weighted_harmonic_mean_final';

COMMENT ON FUNCTION parindex.weighted_harmonic_mean_final(state parindex.weighted_sums) IS
'Final function of weighted_harmonic_mean().';

CREATE AGGREGATE parindex.weighted_harmonic_mean(value float8, weight float8) (
	SFUNC = parindex.weighted_harmonic_mean_add,
	STYPE = parindex.weighted_sums,
	SSPACE = 128,
	FINALFUNC = parindex.weighted_harmonic_mean_final,
	COMBINEFUNC = parindex.weighted_sums_merge,
	MSFUNC = parindex.weighted_harmonic_mean_add,
	MINVFUNC = parindex.weighted_harmonic_mean_remove,
	MSTYPE = parindex.weighted_sums,
	MSSPACE = 128,
	MFINALFUNC = parindex.weighted_harmonic_mean_final,
	PARALLEL = safe
);

COMMENT ON AGGREGATE parindex.weighted_harmonic_mean(value float8, weight float8) IS
'Weighted harmonic mean sum(weight) / sum(weight / value), in units of the value. Reciprocals have 128 bits, their sum is exact. A value of zero is an error (22012), and so are reciprocals that add up to zero; negative values are allowed. NaN gives NaN; the reciprocal of infinity is zero. NULL values are skipped with their weights; a NULL weight with a value is an error (22004), a negative or non-finite weight too (22023). NULL without rows, and where all weights are zero. The same bits for any row order, plan, frame or machine. Formula: Hardy, Littlewood, Polya, Inequalities, chapter 2.';

CREATE FUNCTION parindex.weighted_power_mean_add(state parindex.weighted_sums, value float8, weight float8, p float8) RETURNS parindex.weighted_sums
	LANGUAGE C IMMUTABLE PARALLEL SAFE
	AS 'MODULE_PATHNAME', 'parindex_weighted_power_mean_add';

COMMENT ON FUNCTION parindex.weighted_power_mean_add(state parindex.weighted_sums, value float8, weight float8, p float8) IS
'Transition of weighted_power_mean(): adds a row.';

CREATE FUNCTION parindex.weighted_power_mean_remove(state parindex.weighted_sums, value float8, weight float8, p float8) RETURNS parindex.weighted_sums
	LANGUAGE C IMMUTABLE PARALLEL SAFE
	AS 'MODULE_PATHNAME', 'parindex_weighted_power_mean_remove';

COMMENT ON FUNCTION parindex.weighted_power_mean_remove(state parindex.weighted_sums, value float8, weight float8, p float8) IS
'Inverse transition of weighted_power_mean(): takes a row out exactly.';

CREATE FUNCTION parindex.weighted_power_mean_final(state parindex.weighted_sums) RETURNS float8
	LANGUAGE C IMMUTABLE PARALLEL SAFE
	AS 'MODULE_PATHNAME', 'parindex_weighted_power_mean_final';

COMMENT ON FUNCTION parindex.weighted_power_mean_final(state parindex.weighted_sums) IS
'Final function of weighted_power_mean().';

CREATE AGGREGATE parindex.weighted_power_mean(value float8, weight float8, p float8) (
	SFUNC = parindex.weighted_power_mean_add,
	STYPE = parindex.weighted_sums,
	SSPACE = 128,
	FINALFUNC = parindex.weighted_power_mean_final,
	COMBINEFUNC = parindex.weighted_sums_merge,
	MSFUNC = parindex.weighted_power_mean_add,
	MINVFUNC = parindex.weighted_power_mean_remove,
	MSTYPE = parindex.weighted_sums,
	MSSPACE = 128,
	MFINALFUNC = parindex.weighted_power_mean_final,
	PARALLEL = safe
);

COMMENT ON AGGREGATE parindex.weighted_power_mean(value float8, weight float8, p float8) IS
'Weighted power mean (sum(weight * value^p) / sum(weight))^(1/p), in units of the value; p is constant in a group (22023) and not NULL (22004): 1 is the arithmetic, -1 the harmonic mean, 2 the root mean square. Exact and rounded once for p = 1 and 2; otherwise powers have at least 100 significant bits and the largest error observed against MPFR is 0.500 units in the last place. A value of zero is an error where p is negative (22012), a negative value unless p is 1, -1 or even (2201F); value^p beyond 2^-2700 .. 2^2700 is an error (22003); p closer to zero than 1e-9, or not finite, is an error (22023). NaN gives NaN. NULL values are skipped with their weights; a NULL weight with a value is an error (22004), a negative or non-finite weight too (22023). NULL without rows, and where all weights are zero. The same bits for any row order, plan, frame or machine. Formula: Hardy, Littlewood, Polya, Inequalities, chapter 2.';
