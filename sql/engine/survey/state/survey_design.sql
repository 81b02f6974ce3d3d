-- The type survey_design: how many sampling units were drawn, of how many.

--@ type_io
--@ type: survey_design
--@ many: designs
--@ refused: Malformed text is an error (22P02), an impossible design too (22023).
--@ refused_binary: An impossible or malformed value is an error (22P03, 22023).

COMMENT ON TYPE parindex.survey_design IS
'How a survey''s sample was drawn: by stratum the primary sampling units (PSUs) drawn and those in the population, and with two stages by PSU the second-stage units likewise. Made by survey_design_agg(), read by svy_estimate() and its kin, to which it tells how many PSUs there are without a member of the domain, and how much of the population was drawn. Strata and PSUs are named by bigint or by text. Text form: v1 {1: 5 of 40; 2: 4}, and with two stages v1 {"A"/"x": 3 of 12, 4 of 18}; a population that is not counted is left out. Equal designs are equal in every byte.';

CREATE FUNCTION parindex.survey_design_merge(design parindex.survey_design, other parindex.survey_design) RETURNS parindex.survey_design
	LANGUAGE C IMMUTABLE PARALLEL SAFE
	AS 'MODULE_PATHNAME', 'parindex_survey_design_merge';

COMMENT ON FUNCTION parindex.survey_design_merge(design parindex.survey_design, other parindex.survey_design) IS
'Combines two partial designs; the second is only read.';

CREATE FUNCTION parindex.survey_design_final(design parindex.survey_design) RETURNS parindex.survey_design
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE
	AS 'MODULE_PATHNAME', 'parindex_survey_design_final';

COMMENT ON FUNCTION parindex.survey_design_final(design parindex.survey_design) IS
'Final function of survey_design_agg(): the canonical form.';

--@ each
--@ key: bigint | text
--@ text:  | _text
CREATE FUNCTION parindex.survey_design_add(design parindex.survey_design, stratum @key@, psus_sampled bigint, psus_population bigint) RETURNS parindex.survey_design
	LANGUAGE C IMMUTABLE PARALLEL SAFE
	AS 'MODULE_PATHNAME', 'parindex_survey_design_add@text@';

COMMENT ON FUNCTION parindex.survey_design_add(design parindex.survey_design, stratum @key@, psus_sampled bigint, psus_population bigint) IS
'Transition of survey_design_agg(stratum, psus_sampled, psus_population).';

CREATE FUNCTION parindex.survey_design_add(design parindex.survey_design, stratum @key@, psus_sampled bigint, psus_population bigint, psu @key@, ssus_sampled bigint, ssus_population bigint) RETURNS parindex.survey_design
	LANGUAGE C IMMUTABLE PARALLEL SAFE
	AS 'MODULE_PATHNAME', 'parindex_survey_design_add@text@_two_stages';

COMMENT ON FUNCTION parindex.survey_design_add(design parindex.survey_design, stratum @key@, psus_sampled bigint, psus_population bigint, psu @key@, ssus_sampled bigint, ssus_population bigint) IS
'Transition of survey_design_agg(stratum, psus_sampled, psus_population, psu, ssus_sampled, ssus_population).';

CREATE AGGREGATE parindex.survey_design_agg(stratum @key@, psus_sampled bigint, psus_population bigint) (
	SFUNC = parindex.survey_design_add,
	STYPE = parindex.survey_design,
	SSPACE = 256,
	FINALFUNC = parindex.survey_design_final,
	COMBINEFUNC = parindex.survey_design_merge,
	PARALLEL = safe
);

COMMENT ON AGGREGATE parindex.survey_design_agg(stratum @key@, psus_sampled bigint, psus_population bigint) IS
'The design of a sample of one stage from rows of strata: in each, how many primary sampling units (PSUs) were drawn, those without answers too, and how many there are in the population. A population of NULL is not counted: no finite population correction, as for a sample drawn with replacement, or a negligible part. Rows may repeat a stratum, but must say the same of it (22023). Errors: a NULL stratum or psus_sampled (22004), fewer than one PSU drawn, or more than there are (22023). NULL without rows.';

CREATE AGGREGATE parindex.survey_design_agg(stratum @key@, psus_sampled bigint, psus_population bigint, psu @key@, ssus_sampled bigint, ssus_population bigint) (
	SFUNC = parindex.survey_design_add,
	STYPE = parindex.survey_design,
	SSPACE = 256,
	FINALFUNC = parindex.survey_design_final,
	COMBINEFUNC = parindex.survey_design_merge,
	PARALLEL = safe
);

COMMENT ON AGGREGATE parindex.survey_design_agg(stratum @key@, psus_sampled bigint, psus_population bigint, psu @key@, ssus_sampled bigint, ssus_population bigint) IS
'The design of a sample of two stages from rows of primary sampling units (PSUs): what holds for their stratum, as with one stage, and how many second-stage units were drawn from the PSU and are in its population. A population of NULL is not counted: no finite population correction at that stage; without one at the first the second adds no variance. Rows may repeat a PSU, but must say the same of it, and of its stratum (22023). Errors: a NULL key or number drawn (22004), fewer than one unit drawn, or more than there are, or more PSUs of a stratum than were drawn (22023). NULL without rows.';
--@ end

--@ ordered_type
--@ type: survey_design
--@ one: design
--@ many: designs
--@ equal: they say the same of all strata and sampling units, and have equal text and bytes
--@ order: by their binary forms
