#!/bin/sh
# sql/expand.awk writes out templates and overloads, and takes no mistake for text.
set -eu
cd "$(dirname "$0")/../.."

status=0
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
mkdir -p "$work/sql/template"
cp sql/expand.awk "$work/sql"
cd "$work"
cat >sql/template/pair.sql <<'END'
-- The head is not written.
--@ right: @left@ and more

left @left@, right @right@
END

# gives LABEL WANTED: what the part from standard input becomes, or its error.
gives()
{
	cat >part.sql
	awk -f sql/expand.awk part.sql >got 2>errors || mv errors got
	printf '%s\n' "$2" >wanted
	grep -v '^-- part.sql$' got | diff wanted - >differs && return
	echo "$1:"
	cat differs
	status=1
}

gives 'a template' 'left 1, right 2' <<'END'
--@ pair
--@ left: 1
--@ right: 2
END
gives 'a default' 'left 1, right 1 and more' <<'END'
--@ pair
--@ left: 1
END
gives 'texts over two lines' 'a

b

c' <<'END'
--@ each
--@ one: a | b
--@ | c
@one@
--@ end
END
gives 'an each in an each' 'int
f(int) a

f(int_old) a_old

text
f(text) b

f(text_old) b_old' <<'END'
--@ each
--@ type: int | text
--@ name: a | b
@type@
--@ each
--@ old:  | _old
f(@type@@old@) @name@@old@
--@ end
--@ end
END
gives 'a template in an each' 'left a, right a and more

left b, right b and more' <<'END'
--@ each
--@ key: a | b
--@ pair
--@ left: @key@
--@ end
END
gives 'the name of the schema is left for later' 'DROP @schema@.t' <<'END'
DROP @schema@.t
END
gives 'no text' 'sql/template/pair.sql:2: @left@ has no text' <<'END'
--@ pair
END
gives 'a text that nothing uses' 'part.sql:1: nothing uses the text of middle' <<'END'
--@ pair
--@ left: 1
--@ middle: 2
END
gives 'lists of different lengths' 'part.sql:3: as many texts as the key above are wanted: 2' <<'END'
--@ each
--@ a: 1 | 2
--@ b: 1 | 2 | 3
@a@ @b@
--@ end
END
gives 'no end' 'part.sql:1: this each has no end' <<'END'
--@ each
--@ a: 1 | 2
@a@
END
gives 'an end too many' 'part.sql:1: this belongs to no template and no each' <<'END'
--@ end
END
gives 'no such template' 'part.sql:1: there is no sql/template/none.sql' <<'END'
--@ none
END
exit $status
