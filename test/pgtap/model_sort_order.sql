-- sort_agencies(): the Vietnamese alphabet, group by group.

BEGIN;
SET LOCAL client_min_messages = warning;
SET LOCAL search_path = public;

SELECT plan(2);

CALL parindex.create_schema('par');

INSERT INTO par.agency_group (code, name_vi, name_en, sort_order)
VALUES ('second', 'Nhóm sau', 'Second', 2), ('first', 'Nhóm trước', 'First', 1);

INSERT INTO par.agency (group_id, code, name_vi, name_en)
SELECT g.group_id, 'A' || n.number, n.name, n.name
FROM unnest(ARRAY['Đông', 'Dân', 'Ân', 'Ăn', 'An', 'Êm', 'Em', 'Ơn', 'On', 'Ôn']) WITH ORDINALITY AS n (name, number)
JOIN par.agency_group AS g ON g.code = CASE WHEN n.name = 'An' THEN 'second' ELSE 'first' END;

SELECT is(par.sort_agencies(), 10, 'all agencies are numbered');

SELECT CASE
	WHEN EXISTS (SELECT FROM pg_collation WHERE collname = 'vi-x-icu') THEN
		is((SELECT string_agg(name_vi, ' ' ORDER BY sort_order) FROM par.agency),
			'Ăn Ân Dân Đông Em Êm On Ôn Ơn An', 'in the order of the Vietnamese alphabet')
	ELSE skip('this server has no Vietnamese collation of ICU')
END;

SELECT * FROM finish();
ROLLBACK;
