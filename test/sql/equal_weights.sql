-- Equal weights: one for every criterion, with or without values.
CREATE SCHEMA test_equal_weights;
SET search_path = test_equal_weights, parindex;

SELECT * FROM equal_weights(E'v1 rows=2 columns=4\nunit,D1,D2,D10,D11\na,1,,5,n/a\nb,2,,5,n/a');
SELECT count(*) FROM equal_weights(E'v1 rows=2 columns=0\nunit\na\nb');
SELECT count(*) FROM equal_weights(NULL);
