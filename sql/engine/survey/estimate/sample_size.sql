-- Planning a survey: how many respondents a margin of error takes.

CREATE FUNCTION parindex.sample_size_share(
	margin float8,
	p float8 DEFAULT 0.5,
	level float8 DEFAULT 0.95,
	population bigint DEFAULT NULL,
	deff float8 DEFAULT 1
) RETURNS bigint
	LANGUAGE C IMMUTABLE PARALLEL SAFE
	AS 'MODULE_PATHNAME', 'parindex_sample_size_share';

COMMENT ON FUNCTION parindex.sample_size_share(float8, float8, float8, bigint, float8) IS
'Respondents needed for an estimated share to lie within margin (0.05: five points either way) of the population''s with confidence level. p: the share expected; 0.5, the default, needs most. population: units in the population, NULL for so many that it does not matter. deff: design effect expected, the variance under the design over that of a simple random sample without replacement of equal size (svy_deff of an earlier survey). m / (1 + m/N) rounded up, m = deff z^2 p(1 - p) N/(N - 1) / margin^2, z the normal quantile (Cochran, Sampling Techniques, 3rd ed., 4.4): the variance of a simple random sample with its finite population correction, times deff. Those who will not answer come on top: divide by the response rate expected. Errors: 22004 an argument but population NULL; 22023 margin, p or level not between 0 and 1, population below 1, deff not positive; 22003 a size beyond 2^53.';

CREATE FUNCTION parindex.sample_size_mean(
	margin float8,
	sd float8,
	level float8 DEFAULT 0.95,
	population bigint DEFAULT NULL,
	deff float8 DEFAULT 1
) RETURNS bigint
	LANGUAGE C IMMUTABLE PARALLEL SAFE
	AS 'MODULE_PATHNAME', 'parindex_sample_size_mean';

COMMENT ON FUNCTION parindex.sample_size_mean(float8, float8, float8, bigint, float8) IS
'Respondents needed for an estimated mean to lie within margin of the population''s with confidence level; margin and sd, the standard deviation expected in the population, in the unit of the answers. m / (1 + m/N) rounded up, m = deff (z sd / margin)^2 (Cochran, Sampling Techniques, 3rd ed., 4.7). level, population and deff as for sample_size_share. Errors: 22004 an argument but population NULL; 22023 margin, sd or deff not positive, level not between 0 and 1, population below 1; 22003 a size beyond 2^53.';

CREATE FUNCTION parindex.yamane_sample_size(
	population bigint,
	e float8 DEFAULT 0.05
) RETURNS bigint
	LANGUAGE C IMMUTABLE PARALLEL SAFE
	AS 'MODULE_PATHNAME', 'parindex_yamane_sample_size';

COMMENT ON FUNCTION parindex.yamane_sample_size(bigint, float8) IS
'Yamane''s simplification N / (1 + N e^2), rounded up, for comparison with plans that use it (Yamane, Statistics: An Introductory Analysis, 2nd ed., 1967): a share of one half, 95 % confidence with 2 for 1.96, a simple random sample, margin of error e. It knows neither another level, nor a design effect, nor strata that are reported one by one; sample_size_share does. population NULL: 1 / e^2. Errors: 22004 e NULL; 22023 population below 1, e not between 0 and 1.';
