-- The views of the model, for one round of ten.
\set ON_ERROR_STOP on

INSERT INTO bench.measure (name, source, goal, ours)
SELECT v.name, v.source, v.goal, format('SELECT * FROM par.%s WHERE %s', v.view_name, v.filter)
FROM (VALUES
	('ranking_of_round', 'ranking', 'par.published_score', 100, 'round_id = 10'),
	('ranking_by_year', 'ranking', 'par.published_score', 100, 'year = 2019'),
	('ranking_by_track', 'ranking', 'par.published_score', 100, 'track_id = 10'),
	('domain_score', 'domain_score', 'par.published_criterion', 1000, 'round_id = 10'),
	('criterion_score', 'criterion_score', 'par.published_criterion', 1000, 'round_id = 10'),
	('scorecard', 'criterion_score', 'par.published_criterion', 100, 'round_id = 10 AND agency_id = 500'),
	('year_on_year', 'year_on_year', 'par.published_criterion', 1000, 'round_id = 10'),
	('year_on_year_of_agency', 'year_on_year', 'par.published_criterion', 100, 'round_id = 10 AND agency_id = 500'),
	('strength_weakness', 'strength_weakness', 'par.published_criterion', 1000, 'round_id = 10'),
	('action_status', 'action_status', 'par.action', 1000, 'round_id = 10'),
	('assessment_progress', 'assessment_progress', 'par.assessment', 1000, 'round_id = 10'),
	('publication_history', 'publication_history', 'par.publication', 1000, 'round_id = 10'),
	('award_list', 'award_list', 'par.award', 1000, 'round_id = 10'),
	('data_quality', 'data_quality', 'par.assessment', 1000, 'round_id = 10'),
	('observation', 'observation', 'par.published_criterion', 1000, 'round_id = 10')
) AS v (name, view_name, source, goal, filter);
