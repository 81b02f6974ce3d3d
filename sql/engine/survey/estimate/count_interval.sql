-- Intervals from counts alone, for registers and league tables.

CREATE FUNCTION parindex.share_interval(
	k bigint,
	n bigint,
	method text DEFAULT 'wilson',
	level float8 DEFAULT 0.95,
	OUT share float8,
	OUT ci_low float8,
	OUT ci_high float8
) RETURNS record
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 100
	AS 'MODULE_PATHNAME', 'parindex_share_interval';

COMMENT ON FUNCTION parindex.share_interval(k bigint, n bigint, method text, level float8) IS
'The share k of n, 0 to 1, with its two-sided interval, from the counts of a register. Everyone is counted and weighs the same; of a sample, svy_share() knows the design. With p = k/n and z the normal quantile, method is: ''wilson'', the default and what official health statistics publish: the shares q with (p - q)^2 <= z^2 q(1 - q)/n (Wilson 1927); ''wilson_corrected'', for continuity, the same of k - 1/2 below and k + 1/2 above (Newcombe 1998, method 4; R''s prop.test() but where k is half of n, which it does not correct); ''clopper_pearson'', exact by the binomial distribution and wide on purpose (1934; R''s binom.test()); ''jeffreys'', quantiles of the beta distribution of k + 1/2 and n - k + 1/2, from 0 where k is 0 and to 1 where k is n; ''agresti_coull'', (k + z^2/2)/(n + z^2) -+ z standard errors; ''arcsine'', by Anscombe''s transformation of (k + 3/8)/(n + 3/4); the last three as in Brown, Cai and DasGupta (2001); ''normal'', p -+ z sqrt(p(1 - p)/n), for comparison alone: poor with few events, and NULL where k is 0 or n, since it would have no width. Ends are cut at 0 and 1. One figure of it: (share_interval(k, n)).ci_low. NULL for n of 0, and for NULL. Errors (22023): k or n below zero, k above n, an unknown method, a level not between 0 and 1. 22003: ''clopper_pearson'' or ''jeffreys'' for n beyond 10^11.';

CREATE FUNCTION parindex.rate_interval(
	events bigint,
	exposure float8,
	method text DEFAULT 'exact',
	level float8 DEFAULT 0.95,
	per float8 DEFAULT 1,
	OUT rate float8,
	OUT ci_low float8,
	OUT ci_high float8
) RETURNS record
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 100
	AS 'MODULE_PATHNAME', 'parindex_rate_interval';

COMMENT ON FUNCTION parindex.rate_interval(events bigint, exposure float8, method text, level float8, per float8) IS
'The rate of events in so much exposure, with its two-sided interval, the count taken for Poisson''s. exposure: population, time, files; per: 100000 for a rate per 100,000. method: ''exact'', half of chi-squared''s quantiles with 2 events and 2 events + 2 degrees of freedom (Garwood 1936; R''s poisson.test()); ''byar'', Byar''s approximation of it, which official health statistics publish from ten events on (Breslow and Day 1987, p. 69). For no event the interval begins at 0. One figure of it: (rate_interval(events, population)).ci_low. NULL where exposure and events are 0, and for NULL. Errors (22023): events below zero, or without exposure; an exposure below zero or not finite; per not above zero or not finite; an unknown method; a level not between 0 and 1. 22003: a rate beyond double precision.';
