-- Replaced by upgrades:

-- Numbers the agencies by their Vietnamese names, in the Vietnamese alphabet
-- (a ă â b … d đ e ê …) where the server has its collation, for tools that
-- sort by numbers only. Gives the number of agencies.
CREATE OR REPLACE FUNCTION @schema@.sort_agencies(here @schema@.here DEFAULT NULL)
	RETURNS int
	LANGUAGE plpgsql
	SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
	own_schema CONSTANT text := parindex.enter_schema(pg_typeof(here));
	vietnamese CONSTANT text := coalesce((
		SELECT quote_ident(c.collname)
		FROM pg_collation AS c
		WHERE c.collname IN ('vi-x-icu', 'vi_VN.utf8', 'vi_VN')
			AND c.collnamespace = 'pg_catalog'::regnamespace
			AND c.collencoding IN (-1, pg_char_to_encoding(getdatabaseencoding()))
		ORDER BY c.collname <> 'vi-x-icu', c.collname DESC
		LIMIT 1), quote_ident('default'));
	sorted int;
BEGIN
	EXECUTE format($query$
		UPDATE agency AS a
		SET sort_order = n.number
		FROM (
			SELECT s.agency_id, row_number() OVER (ORDER BY g.sort_order, g.code, s.name_vi COLLATE %s, s.code) AS number
			FROM agency AS s
			JOIN agency_group AS g ON g.group_id = s.group_id
		) AS n
		WHERE a.agency_id = n.agency_id
		$query$, vietnamese);
	GET DIAGNOSTICS sorted = ROW_COUNT;
	RETURN sorted;
END
$$;

COMMENT ON FUNCTION @schema@.sort_agencies(@schema@.here) IS
'Sets sort_order of all agencies by their Vietnamese names in the Vietnamese alphabet, group by group; by the default collation where the server lacks that of Vietnamese. Gives their number. Errors: 42501 for others than the owner. / Đặt sort_order cho mọi cơ quan theo tên tiếng Việt, theo bảng chữ cái tiếng Việt, lần lượt từng nhóm; nếu máy chủ không có đối chiếu tiếng Việt thì theo đối chiếu mặc định. Trả về số cơ quan. Lỗi: 42501 nếu không phải chủ sở hữu.';
