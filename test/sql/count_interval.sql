-- Intervals from counts alone: a share k of n, a rate of events.
CREATE SCHEMA test_count_interval;
SET search_path = test_count_interval, parindex;

-- One of a hundred by Wilson, as statistics of health publish it
SELECT share, abs(ci_low - 0.0017674320641406479) < 1e-12 AS low, abs(ci_high - 0.054486196178705323) < 1e-12 AS high
FROM share_interval(1, 100);

-- Every method against its definition in forty digits
CREATE TABLE expected (method text, k bigint, n bigint, level float8, low float8, high float8);
INSERT INTO expected VALUES
('wilson', 1, 100, 0.95, 0.0017674320641406479, 0.054486196178705323),
	('wilson_corrected', 1, 100, 0.95, 0.00052222261272942994, 0.062411980605593884),
	('clopper_pearson', 1, 100, 0.95, 0.00025314603297742063, 0.054459385392080657),
	('jeffreys', 1, 100, 0.95, 0.0010811017090800643, 0.045778896600723117),
	('agresti_coull', 1, 100, 0.95, 0, 0.0599268618818503),
	('arcsine', 1, 100, 0.95, 0.00036447157099583472, 0.045554107455698945),
	('normal', 1, 100, 0.95, 0, 0.029501395417987875),
	('wilson', 0, 12, 0.95, 0, 0.24249400665524089),
	('wilson_corrected', 0, 12, 0.95, 0, 0.30125403908221794),
	('clopper_pearson', 0, 12, 0.95, 0, 0.26464846939705125),
	('jeffreys', 0, 12, 0.95, 0, 0.18530593831248516),
	('agresti_coull', 0, 12, 0.95, 0, 0.28198532188816393),
	('arcsine', 0, 12, 0.95, 0, 0.19332218861136565),
	('normal', 0, 12, 0.95, NULL, NULL),
	('wilson', 12, 12, 0.95, 0.75750599334475911, 1),
	('wilson_corrected', 12, 12, 0.95, 0.69874596091778206, 1),
	('clopper_pearson', 12, 12, 0.95, 0.73535153060294875, 1),
	('jeffreys', 12, 12, 0.95, 0.81469406168751484, 1),
	('agresti_coull', 12, 12, 0.95, 0.71801467811183607, 1),
	('arcsine', 12, 12, 0.95, 0.80667781138863435, 1),
	('normal', 12, 12, 0.95, NULL, NULL),
	('wilson', 37, 50, 0.99, 0.55913992158641812, 0.86462707438912044),
	('wilson_corrected', 37, 50, 0.99, 0.54872838710162615, 0.87178747304584611),
	('clopper_pearson', 37, 50, 0.99, 0.55263623689715216, 0.8803209983873805),
	('jeffreys', 37, 50, 0.99, 0.56352255121922703, 0.87310332772205469),
	('agresti_coull', 37, 50, 0.99, 0.55687212848910151, 0.86689486748643705),
	('arcsine', 37, 50, 0.99, 0.5639786912060964, 0.87789630097305187),
	('normal', 37, 50, 0.99, 0.58021551351670702, 0.89978448648329298),
	('wilson', 1, 3, 0.8, 0.10577563612172292, 0.67881735216965157),
	('wilson_corrected', 1, 3, 0.8, 0.033510163957326718, 0.79739660592974303),
	('clopper_pearson', 1, 3, 0.8, 0.034510615394370242, 0.80419989434090828),
	('jeffreys', 1, 3, 0.8, 0.10153732554750935, 0.68471032160800925),
	('agresti_coull', 1, 3, 0.8, 0.10188146484344161, 0.68271152344793288),
	('arcsine', 1, 3, 0.8, 0.076627446674286133, 0.72643036888112632),
	('normal', 1, 3, 0.8, 0, 0.68212749051658029),
	('wilson', 4999, 5000, 0.95, 0.99886791091916026, 0.99996469421656063),
	('wilson_corrected', 4999, 5000, 0.95, 0.99870204530626668, 0.99998955988249758),
	('clopper_pearson', 4999, 5000, 0.95, 0.99888618061966603, 0.99999493645122295),
	('jeffreys', 4999, 5000, 0.95, 0.99906554976040772, 0.99997841962551997),
	('agresti_coull', 4999, 5000, 0.95, 0.99874709101994841, 1),
	('arcsine', 4999, 5000, 0.95, 0.99907359042466658, 0.99999258200996062),
	('normal', 4999, 5000, 0.95, 0.99940804640433184, 1),
	('wilson', 123, 98765, 0.998, 0.00094348766288049023, 0.0016437125512162033),
	('wilson_corrected', 123, 98765, 0.998, 0.00093912350380318531, 0.0016494710621869268),
	('clopper_pearson', 123, 98765, 0.998, 0.00092713479256228913, 0.0016326283387690993),
	('jeffreys', 123, 98765, 0.998, 0.00093149427662670071, 0.0016268646233927777),
	('agresti_coull', 123, 98765, 0.998, 0.00094018302450490427, 0.0016470171895917893),
	('arcsine', 123, 98765, 0.998, 0.00092596621074882311, 0.0016205930638119247),
	('normal', 123, 98765, 0.998, 0.00089858769291959524, 0.0015921732041593295),
	('clopper_pearson', 3, 1000000, 0.95, 6.1867255019063986e-7, 8.7672477881452235e-6),
	('jeffreys', 3, 1000000, 0.95, 8.4493528955068302e-7, 8.0063600942432197e-6),
	('clopper_pearson', 300, 100000000, 0.95, 2.6700931794210464e-6, 3.3594106518202262e-6),
	('jeffreys', 300, 100000000, 0.95, 2.6748103232156178e-6, 3.3541280237101947e-6);
SELECT method, count(*) AS intervals, bool_and(s.share = k / n::float8) AS shares,
	bool_and(abs(s.ci_low - low) <= 1e-12 * low AND abs(s.ci_high - high) <= 1e-12 * high
		OR s.ci_low IS NULL AND low IS NULL AND s.ci_high IS NULL AND high IS NULL) AS as_defined
FROM expected, share_interval(k, n, method, level) AS s
GROUP BY method
ORDER BY method;

-- R's prop.test() and binom.test(), to the digits that it gives
SELECT abs(c.ci_low - 0.00052222261272943) < 1e-14 AND abs(c.ci_high - 0.0624119806055939) < 1e-14 AS prop_test,
	abs(b.ci_low - 0.000253146032977421) < 1e-14 AND abs(b.ci_high - 0.0544593853920806) < 1e-14 AS binom_test
FROM share_interval(1, 100, 'wilson_corrected') AS c, share_interval(1, 100, 'clopper_pearson') AS b;

-- What the default is; a figure as a column; counts of a table
SELECT share_interval(1, 100) = share_interval(1, 100, 'wilson', 0.95) AS default_is_wilson,
	(share_interval(1, 100)).ci_low = (share_interval(1, 100, level => 0.95)).ci_low AS one_figure;
SELECT unit, round(s.share::numeric, 3) AS share, round(s.ci_low::numeric, 3) AS ci_low, round(s.ci_high::numeric, 3) AS ci_high
FROM (
	SELECT i % 3 AS unit, count(*) FILTER (WHERE i % 7 = 0) AS late, count(*) AS files
	FROM generate_series(1, 100) AS i
	GROUP BY i % 3
) AS r, share_interval(late, files) AS s
ORDER BY unit;

-- Nobody counted, NULL; none and all of them
SELECT n, method, s.*
FROM unnest(ARRAY['wilson', 'normal']) AS method, (VALUES (0::bigint), (NULL)) AS v (n), share_interval(0, n, method) AS s
ORDER BY n, method;
SELECT method, a.ci_low = 0 AS from_zero, b.ci_high = 1 AS to_one,
	abs(a.ci_high - 1 + b.ci_low) < 1e-15 AS turned_round
FROM unnest(ARRAY['wilson', 'wilson_corrected', 'clopper_pearson', 'jeffreys', 'agresti_coull']) AS method,
	share_interval(0, 40, method) AS a, share_interval(40, 40, method) AS b;

-- All hold the share, a surer one holds the less sure; levels close to 0 and 1
SELECT method, bool_and(s.share BETWEEN s.ci_low AND s.ci_high AND 0 <= s.ci_low AND s.ci_high <= 1) AS hold,
	bool_and(t.ci_low <= s.ci_low AND s.ci_high <= t.ci_high) AS nested
FROM unnest(ARRAY['wilson', 'wilson_corrected', 'clopper_pearson', 'jeffreys', 'agresti_coull', 'arcsine', 'normal']) AS method,
	generate_series(1, 20) AS n, generate_series(0, 20) AS k, unnest(ARRAY[0.9, 0.99, 0.9999999]) AS level,
	share_interval(least(k, n), n, method, level) AS s,
	share_interval(least(k, n), n, method, 1 - (1 - level) / 10) AS t
WHERE s.ci_low IS NOT NULL
GROUP BY method
ORDER BY method;

-- The largest counts
SELECT method, s.ci_low < s.share AND s.share < s.ci_high AND s.ci_high < 2e-18 AS sound
FROM unnest(ARRAY['wilson', 'wilson_corrected', 'agresti_coull', 'arcsine', 'normal']) AS method,
	share_interval(3, 9223372036854775807, method) AS s
ORDER BY method;

-- Rates: chi-squared's quantiles and Byar's approximation, in forty digits
CREATE TABLE expected_rate (method text, events bigint, level float8, low float8, high float8);
INSERT INTO expected_rate VALUES
	('exact', 0, 0.95, 0, 3.6888794541139363),
	('byar', 0, 0.95, 0, 3.6680118321737528),
	('exact', 1, 0.95, 0.025317807984289875, 5.5716433909388986),
	('byar', 1, 0.95, 0.013072132901504324, 5.5637555824752627),
	('exact', 7, 0.95, 2.8143630515198661, 14.422675361702379),
	('byar', 7, 0.95, 2.8044306850750647, 14.42326255993905),
	('exact', 10, 0.998, 2.9605203727437596, 24.133971145417588),
	('byar', 10, 0.998, 2.9163183746956851, 24.193724927880539),
	('exact', 1234, 0.9, 1176.7931038104098, 1293.3672849254575),
	('byar', 1234, 0.9, 1176.7932050511062, 1293.3671312128732);
SELECT method, count(*) AS intervals,
	bool_and(r.rate = events) AS rates,
	bool_and((abs(r.ci_low / nullif(low, 0) - 1) < 1e-12 OR r.ci_low = 0 AND low = 0) AND abs(r.ci_high / high - 1) < 1e-12) AS as_defined,
	bool_and(abs(p.ci_high / (high / 2500 * 100000) - 1) < 1e-12) AS per_100000
FROM expected_rate, rate_interval(events, 1, method, level) AS r,
	rate_interval(events, 2500, method, level, per => 100000) AS p
GROUP BY method
ORDER BY method;

-- R's poisson.test(7, 1234.5)
SELECT abs(ci_low / 0.00227975945850131 - 1) < 1e-12 AND abs(ci_high / 0.0116830096085074 - 1) < 1e-12 AS poisson_test
FROM rate_interval(7, 1234.5);

-- Nothing to have events in; as many as there can be; figures near the ends of the range
SELECT rate_interval(0, 0) AS nobody, rate_interval(NULL, 3) IS NULL AS null_for_null;
SELECT method, r.ci_low < r.rate AND r.rate < r.ci_high AS sound
FROM unnest(ARRAY['exact', 'byar']) AS method, unnest(ARRAY[1000000001, 9223372036854775807]) AS events,
	rate_interval(events, 3, method) AS r
ORDER BY method, events;
SELECT round((rate_interval(3, 1e300, per => 1e300)).rate) AS large, round((rate_interval(3, 1e-300, per => 1e-300)).rate) AS small;

-- Errors
SELECT share_interval(3, 2);
SELECT share_interval(1, 0);
SELECT share_interval(-1, 2);
SELECT share_interval(0, -2);
SELECT share_interval(1, 2, 'wald');
SELECT share_interval(1, 2, level => 95);
SELECT share_interval(1, 2, level => 1);
SELECT share_interval(1, 2, level => 0);
SELECT share_interval(1, 2, level => 'NaN');
SELECT share_interval(3, 9223372036854775807, 'clopper_pearson');
SELECT rate_interval(-3, 1);
SELECT rate_interval(3, 0);
SELECT rate_interval(3, -1);
SELECT rate_interval(3, 'Infinity');
SELECT rate_interval(3, 'NaN');
SELECT rate_interval(3, 1, 'gamma');
SELECT rate_interval(3, 1, level => 95);
SELECT rate_interval(3, 1, per => 0);
SELECT rate_interval(3, 1e-300, per => 1e300);
SELECT rate_interval(3, 1e300, per => 1e-300);
