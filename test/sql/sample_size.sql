-- By hand: 1.959963984540054^2 / 4 / 0.05^2 = 384.1459.
SELECT parindex.sample_size_share(0.05) AS unbounded,
	parindex.sample_size_share(0.05, population => 1000) AS of_1000,
	parindex.sample_size_share(0.05, population => 1) AS of_one,
	parindex.sample_size_share(0.03, p => 0.2) AS rarer,
	parindex.sample_size_share(0.05, level => 0.99) AS surer,
	parindex.sample_size_share(0.05, deff => 1.5) AS clustered,
	parindex.sample_size_mean(0.1, sd => 0.9) AS mean,
	parindex.sample_size_mean(0.1, sd => 0.9, level => 0.9, population => 300, deff => 2) AS mean_of_300;

-- The size is the smallest that keeps the margin, as the variance of a simple
-- random sample without replacement says, times the design effect.
WITH plan AS (
	SELECT margin, p, z, population, deff,
		parindex.sample_size_share(margin, p, level, population, deff) AS n
	FROM unnest(ARRAY[0.01, 0.05, 0.2]::float8[]) AS margin,
		unnest(ARRAY[0.1, 0.5, 0.7]::float8[]) AS p,
		(VALUES (0.95::float8, 1.959963984540054::float8), (0.9, 1.644853626951473)) AS v (level, z),
		unnest(ARRAY[50, 3000, 1000000]::bigint[]) AS population,
		unnest(ARRAY[0.8, 1, 2.5]::float8[]) AS deff
), achieved AS (
	SELECT margin, n, population,
		z * sqrt(deff * (1 - n / population::float8) * p * (1 - p) * population / (population - 1) / n) AS with_n,
		z * sqrt(deff * (1 - (n - 1) / population::float8) * p * (1 - p) * population / (population - 1)
			/ nullif(n - 1, 0)) AS with_one_less
	FROM plan
)
SELECT count(*) AS plans,
	bool_and(n BETWEEN 1 AND population) AS within_population,
	bool_and(with_n <= margin * (1 + 1e-9)) AS enough,
	bool_and(coalesce(with_one_less > margin * (1 - 1e-9), true)) AS none_too_many
FROM achieved;

WITH plan AS (
	SELECT margin, sd, population,
		parindex.sample_size_mean(margin, sd, 0.95, population) AS n
	FROM unnest(ARRAY[0.02, 0.5, 3]::float8[]) AS margin,
		unnest(ARRAY[1, 12.5]::float8[]) AS sd,
		unnest(ARRAY[40, 500000]::bigint[]) AS population
)
SELECT bool_and(1.959963984540054 * sd * sqrt((1 - n / population::float8) / n) <= margin * (1 + 1e-9)) AS enough,
	bool_and(n = 1 OR 1.959963984540054 * sd * sqrt((1 - (n - 1) / population::float8) / (n - 1))
		> margin * (1 - 1e-9)) AS none_too_many
FROM plan;

-- Yamane, in exact decimals; also where the quotient is whole.
SELECT population, e,
	parindex.yamane_sample_size(population, e) AS n,
	parindex.yamane_sample_size(population, e) = ceil(population / (1 + population * e::numeric ^ 2)) AS as_defined
FROM (VALUES (400::bigint, 0.05::float8), (2000, 0.05), (10000, 0.05), (10000, 0.1), (1, 0.3), (123456789, 0.01)) AS v (population, e);

SELECT parindex.yamane_sample_size(9000) AS e_of_five_points,
	parindex.yamane_sample_size(NULL) AS unbounded,
	parindex.sample_size_mean(1e-8, sd => 1e300, population => 5000) AS everyone,
	parindex.sample_size_mean(1e300, sd => 1e-8) AS anyone;

SELECT parindex.sample_size_share(NULL);
SELECT parindex.sample_size_share(0);
SELECT parindex.sample_size_share(0.05, p => 1);
SELECT parindex.sample_size_share(0.05, level => 95);
SELECT parindex.sample_size_share(0.05, population => 0);
SELECT parindex.sample_size_share(0.05, deff => 'NaN');
SELECT parindex.sample_size_share(0.05, deff => NULL);
SELECT parindex.sample_size_share(1e-9);
SELECT parindex.sample_size_mean(0.1, sd => -1);
SELECT parindex.sample_size_mean(0.1, sd => 'Infinity');
SELECT parindex.sample_size_mean(1e-8, sd => 1e300);
SELECT parindex.yamane_sample_size(-5);
SELECT parindex.yamane_sample_size(100, 1);
