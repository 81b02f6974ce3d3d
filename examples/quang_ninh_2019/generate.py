#!/usr/bin/env python3
"""Makes up assessments_2018.csv, assessments_2019.csv and survey_2019.csv from the other files of this folder.

Every value is drawn from a generator seeded by round, agency and criterion, so the files come out
the same on every run. Only Customs' 2019 sheet is set by hand: it loses 6.34 points, which gives
the 93.66 of 100 that were published. Points are computed here by a second implementation of the
scoring rules, exactly, and entered as on a score sheet: with two decimals, rounded half up. The
answers to the survey are made up so that the shares of satisfied ones give the points drawn.

    python3 generate.py        writes the files and prints the two rankings of each round
"""
import csv
import hashlib
import random
import re
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from pathlib import Path

FOLDER = Path(__file__).resolve().parent
CENT = Decimal('0.01')
COLUMNS = ('round_year agency_code criterion_code measured numerator denominator self_points explanation '
           'verified_points verify_note status evidence_url evidence_sha256 '
           'appeal_points appeal_reason appeal_decision origin').split()


def read(name):
    with open(FOLDER / name, newline='', encoding='utf-8') as file:
        return list(csv.DictReader(file))


def cents(points):
    """An exact number of points as entered on the sheet."""
    if isinstance(points, Fraction):
        points = Decimal(points.numerator) / Decimal(points.denominator)
    return points.quantize(CENT, ROUND_HALF_UP)


# Scoring rules ---------------------------------------------------------------

NUMBER = r'(-?[0-9.]+%?)'


def number(text):
    return Fraction(text[:-1]) / 100 if text.endswith('%') else Fraction(text)


def setting(rule, word, default=None):
    match = re.search(rf'\b{word} {NUMBER}', rule)
    return number(match[1]) if match else default


def steps(rule):
    """[(operator, bound, points)], and the points of else."""
    listed = [(op, number(bound), number(points))
              for op, bound, points in re.findall(rf'(>=|<=|>|<){NUMBER}: {NUMBER}', rule)]
    return listed, setting(rule, 'else', Fraction(0))


def kind(rule):
    if rule.startswith(('>', '<')):
        return 'steps'
    if ' less ' in rule:
        return 'deduction'
    return rule.split(':')[0].split(',')[0].split()[0]  # points, yes, ratio, bonus, penalty, log, ...


def apply_rule(rule, cell, peers=()):
    """Points of what was measured: a value, or a numerator and a denominator."""
    what = kind(rule)
    top = setting(rule, 'max')
    if cell['denominator'] is not None:
        if cell['denominator'] == 0:
            best = top if top is not None else max(step[2] for step in steps(rule)[0])
            return {'full': best, 'zero': Fraction(0)}[re.search(r'if none: (\w+)', rule)[1]]
        value = Fraction(cell['numerator'], cell['denominator'])
    else:
        value = Fraction(cell['measured'])
    share = None
    if what == 'points':
        return value
    if what == 'yes':
        return number(re.search(rf'yes: {NUMBER}', rule)[1]) if value else Fraction(0)
    if what == 'steps':
        listed, otherwise = steps(rule)
        for op, bound, points in listed:
            if {'>': value > bound, '>=': value >= bound, '<': value < bound, '<=': value <= bound}[op]:
                return points
        return otherwise
    if what == 'deduction':
        start = number(re.match(NUMBER, rule)[1])
        return max(start - setting(rule, 'less') * value, setting(rule, 'at least'))
    if what in ('bonus', 'penalty'):
        points = min(setting(rule, what) * value, setting(rule, 'at most'))
        return points if what == 'bonus' else -points
    if what in ('ratio', 'goalposts'):
        low, high = setting(rule, 'from', Fraction(0)), setting(rule, 'to', Fraction(1))
        share = (value - low) / (high - low)
    elif what == 'distance':
        low, high = setting(rule, 'from'), setting(rule, 'target')
        share = (value - low) / (high - low)
    elif what == 'log':
        low, high, value = (Decimal(str(float(x))).ln()
                            for x in (setting(rule, 'from'), setting(rule, 'to'), value))
        return Decimal(int(top)) * min(max((value - low) / (high - low), Decimal(0)), Decimal(1))
    elif what == 'minmax':
        best, worst = (min(peers), max(peers)) if 'lower is better' in rule else (max(peers), min(peers))
        share = (value - worst) / (best - worst)
    elif what == 'percentile':
        share = Fraction(sum(peer < value for peer in peers), len(peers) - 1)
    return top * min(max(share, Fraction(0)), Fraction(1))


# What was measured -----------------------------------------------------------

# What a share is a share of: the size of the agency that is its denominator.
SHARE_OF = {
    'procedures': 'posted_at_counter posted_online one_stop_coverage one_stop_coverage_centre on_the_spot '
                  'online_coverage iso_coverage',
    'files': 'files_on_time progress_disclosed online_files postal_receipt postal_return',
    'staff': 'fit_for_position appraisal_quota yearly_training staff_records downsizing',
    'units': 'subordinate_inspection units_rearranged organisation_inspected job_structure autonomy_granted',
    'documents': 'electronic_documents digital_signature',
    'million_vnd': 'compliance_cost_cut disbursement direct_funding_cut cashless_fees',
    'assets': 'asset_register',
    'few': 'legal_review_handled law_monitoring_handled unlawful_documents_handled simplification_applied '
           'feedback_on_time feedback_answers_public organisation_findings audit_conclusions electronic_bidding '
           'iso_corrections inter_agency_flow drafting_on_time',
}
SIZE_OF = {key: size for size, keys in SHARE_OF.items() for key in keys.split()}
SIZES = {'procedures': (20, 140), 'files': (900, 26000), 'staff': (40, 420), 'units': (5, 24),
         'documents': (1500, 9000), 'million_vnd': (4000, 60000), 'assets': (60, 900), 'few': (0, 9),
         'tasks': (20, 60)}


def draw(*seed):
    return random.Random('/'.join(map(str, seed)))


def between(rng, low, high):
    return low + (high - low) * rng.random()


def size(agency, year, what, key):
    """Sizes of an agency hardly change from year to year; a count of few cases is each criterion's own."""
    low, high = SIZES[what]
    own = (key, year) if what in ('few', 'tasks') else ()
    return round(between(draw('size', agency, what, *own), low, high))


def performance(rng, level):
    """Where a result lies between the worst and the best that matter for points: 0 to 1."""
    return min(max(level + 0.9 * (1 - level) * (rng.random() - 0.35) * 2, 0), 1)


def step_value(rng, rule, level, is_share):
    """A value of some step of the rule, the better ones more likely; now and then the bound itself."""
    listed, _ = steps(rule)
    upward = listed[0][0].startswith('>')
    place = 0
    while place < len(listed) and rng.random() > level:
        place += 1
    bounds = [float(bound) for _, bound, _ in listed]
    if place == 0:
        near, far = bounds[0], (1.0 if is_share and bounds[0] > 0.4 else bounds[0] * 1.5) if upward else 0.0
    else:
        near = bounds[min(place, len(bounds) - 1)]
        far = bounds[place - 1] if place < len(bounds) else near * (0.5 if upward else 1.5)
    return near if rng.random() < 0.15 else between(rng, near, far)


def measure(criterion, agency, year, level):
    """Made-up measurement of a leaf: measured, or numerator and denominator."""
    rule, unit, key = criterion['rule'], criterion['unit_measure'], criterion['stable_key']
    rng = draw('measure', year, agency, key)
    what = kind(rule)
    is_share = unit == 'share'
    good = performance(rng, level)
    top = Decimal(criterion['max_points'])
    if criterion['source'] == 'survey':  # satisfaction of 60 to 92 per cent
        points = (top * Decimal(0.60 + 0.32 * good)).quantize(CENT)
        return {'wanted': points} if is_share else {'measured': points}
    if what == 'points':
        return {'measured': (top * Decimal(round(2 + 18 * good)) / 20).quantize(CENT, ROUND_HALF_UP)}
    if what == 'yes':
        return {'measured': int(rng.random() < 0.8 + 0.19 * level)}
    if what in ('deduction', 'penalty'):
        return {'measured': sum(rng.random() < 0.55 * (1 - level) for _ in range(4))}
    if what == 'bonus':
        return {'measured': sum(rng.random() < level - 0.3 for _ in range(3))}
    if what == 'log':
        return {'measured': round(between(rng, 100, 200 + 1700 * level) / 10) * 10}
    if what == 'goalposts':
        return {'measured': Decimal(5.6 * good - 0.4).quantize(Decimal('0.1'))}
    if key == 'relative_handling_time':
        return {'measured': Decimal(96 - 40 * good).quantize(Decimal('0.1'))}
    if key == 'online_growth':
        return {'measured': Decimal(-6 + 40 * good).quantize(Decimal('0.1'))}

    if what == 'steps':
        value = step_value(rng, rule, level, is_share)
    else:
        low = float(setting(rule, 'from', Fraction(0)))
        high = float(setting(rule, 'target' if what == 'distance' else 'to', Fraction(1)))
        value = low + (high - low) * (good * 1.05 if high < 1 else good)
    if not is_share:
        return {'measured': round(value)}
    base = size(agency, year, SIZE_OF.get(key, 'tasks'), key)
    if base == 0 and 'if none' not in rule:
        base = 4
    return {'numerator': min(max(round(value * base), 0), base), 'denominator': base}


# Customs in 2019, set by hand: full points but for these.
CUSTOMS_2019 = {
    '1.4': 1, '1.5': 1, '1.6': (49, 50), '2.2.1': '0.90', '2.4': 1,
    '3.1.2': (38, 40), '3.1.3': (180, 1500), '3.3.4': (78, 100), '3.4.1': (24820, 25000), '3.4.2': (180, 180),
    '3.4.3': '41.5', '4.2.2': (48, 800), '4.4.3': '0.92',
    '5.1.1': (24, 25), '5.3.2': (38, 40), '5.4.2': (189, 700), '5.5.1': (46, 50),
    '5.9.1': '0.46', '5.9.2': '0.47', '5.9.3': '0.44', '6.1.2': (49000, 50000), '6.2.2': 1600, '6.2.4': '4.0',
    '7.1.2': (47, 50), '7.1.4': (3710, 4000), '7.2.1': '0.95', '7.2.2': 1, '7.3.2': (72, 100), '7.3.4': '38.0',
    '7.4.1': (2000, 25000), '7.4.2': (3000, 25000),
    '8.1.1': '1.74', '8.1.2': '1.29', '8.1.3': '1.34', '8.1.4': '1.76', '8.1.5': '0.85',
    '8.2.1': '0.85', '8.2.2': '0.78', '8.2.3': '0.82', '8.3': '1.70', '8.4': '1.66',
}
CUSTOMS_SIZE = {'procedures': 100, 'files': 25000, 'staff': 700, 'units': 25, 'documents': 4000,
                'million_vnd': 50000, 'assets': 640, 'few': 4, 'tasks': 50}


def measure_customs_2019(criterion):
    given = CUSTOMS_2019.get(criterion['code'])
    if isinstance(given, tuple):
        return {'numerator': given[0], 'denominator': given[1]}
    if given is not None:
        return {'wanted' if criterion['stable_key'] in FACTOR_OF else 'measured': Decimal(given)}
    if criterion['unit_measure'] == 'share':
        base = CUSTOMS_SIZE[SIZE_OF.get(criterion['stable_key'], 'tasks')]
        return {'numerator': base, 'denominator': base}
    return {'measured': {'points': Decimal(criterion['max_points']), 'yes_no': 1, 'count': 3}.get(
        criterion['unit_measure'], 0)}


# The survey ------------------------------------------------------------------

# Questions by factor, two each, and where the answers of a factor go.
FACTORS = [(row['factor'], row['stable_key'], row['questions'].split(';')) for row in read('survey_factors.csv')]
FACTOR_OF = {key: place for place, (_, key, _) in enumerate(FACTORS)}
SERVICES = [(row['code'], float(row['part'])) for row in read('survey_services.csv')]
SURVEY_COLUMNS = 'agency_code district commune service weight responded answers'.split()


def drawn_communes():
    """The communes in the sample, [(district, commune, weight of a respondent)]."""
    return [(row['code'], f"{row['code']}-{place}",
             cents(Fraction(int(row['communes']), int(row['communes_sampled']))
                   * round(between(draw('commune', row['code'], place), 8, 24))))
            for row in read('survey_districts.csv') for place in range(1, int(row['communes_sampled']) + 1)]


def ask(agency, wanted):
    """Respondents about an agency, with answers that earn the points wanted, [(points, maximum)] by factor."""
    rng = draw('survey', agency)
    communes = drawn_communes()
    climate = [between(rng, -1, 1) for _ in communes]  # people of one commune are alike
    people = []
    for _ in range(168 + int(rng.random() * 14)):
        place = int(rng.random() * len(communes))
        district, commune, weight = communes[place]
        pick = rng.random()
        service = next(code for code, part in SERVICES if (pick := pick - part) < 0)
        row = dict(agency_code=agency, district=district, commune=commune, service=service, weight=weight,
                   responded=rng.random() < 0.84)
        people.append((row, climate[place] + 2 * between(rng, -1, 1)))
    answers = [{} for _ in people]
    for place, (points, top) in enumerate(wanted):
        given = []
        for number, (row, mood) in enumerate(people):
            for question in range(len(FACTORS[place][2])):
                feeling = mood + 2 * between(rng, -1, 1)
                if row['responded'] and rng.random() > 0.03:
                    given.append((feeling, number, question))
        given.sort(reverse=True)
        whole = sum(people[number][0]['weight'] for _, number, _ in given)
        missing = whole * points / top
        for rank, (_, number, question) in enumerate(given):
            weight = people[number][0]['weight']
            if weight <= missing:
                missing -= weight
                answer = 5 if 2 * rank < len(given) * points / top else 4
            else:
                answer = 3 if rng.random() < 0.7 else 2 if rng.random() < 0.7 else 1
            answers[number][place, question] = answer
    for (row, _), answer in zip(people, answers):
        row['answers'] = ';'.join(str(answer.get((place, question), '')) for place, factor in enumerate(FACTORS)
                                  for question in range(len(factor[2])))
    return [row for row, _ in people]


def satisfied_share(people, place):
    """Share of the answers to a factor that are in the two best categories, by weight."""
    first = sum(len(factor[2]) for factor in FACTORS[:place])
    given = [(row['weight'], int(answer)) for row in people
             for answer in row['answers'].split(';')[first:first + len(FACTORS[place][2])] if answer]
    return Fraction(sum(weight for weight, answer in given if answer >= 4)) / Fraction(sum(weight for weight, _ in given))


def survey_agency(rows, leaves):
    """Asks about the agency of these rows, and measures by the answers what the survey is for."""
    asked = sorted((row for row in rows if row.get('wanted') is not None),
                   key=lambda row: FACTOR_OF[leaves[row['criterion_code']]['stable_key']])
    people = ask(asked[0]['agency_code'],
                 [(row['wanted'], Decimal(leaves[row['criterion_code']]['max_points'])) for row in asked])
    for place, row in enumerate(asked):
        row['measured'] = satisfied_share(people, place)
        assert cents(apply_rule(leaves[row['criterion_code']]['rule'], row)) == row['wanted'], row
    return people


# How well agencies do, 0 to 1: drawn, but for these.
LEVEL = {(2018, 'HQ'): 0.84, (2018, 'CT'): 0.90, (2019, 'CT'): 0.86, (2018, 'SKHDT'): 0.84, (2019, 'SKHDT'): 0.87}


def level_of(agency, year):
    lasting = draw('level', agency).random()
    yearly = draw('level', agency, year).random()
    return LEVEL.get((year, agency), 0.62 + 0.2 * lasting + 0.04 * yearly + (0.02 if year == 2019 else 0))


# Criteria that do not apply, by prefix of their code.
NOT_APPLICABLE = {
    'CTK': (('3.4', '7.3', '7.4'), 'Cơ quan không giải quyết hồ sơ thủ tục hành chính'),
    'BD': (('4.2', '7.4'), 'Doanh nghiệp không thuộc đối tượng giao biên chế; là đơn vị cung ứng dịch vụ bưu chính'),
    'TTT': (('6.3', '7.4'), 'Không có đơn vị sự nghiệp trực thuộc; không trả kết quả qua bưu chính'),
    'VP': (('2.3', '6.3'), 'Không chủ trì soạn thảo văn bản; không có đơn vị sự nghiệp trực thuộc'),
    'BQLKKT': (('6.3',), 'Không có đơn vị sự nghiệp trực thuộc'),
}
NEVER_SUBMITTED = {(2019, 'BQLHT')}


def does_not_apply(agency, code):
    return any(code == prefix or code.startswith(prefix + '.')
               for prefix in NOT_APPLICABLE.get(agency, ((), None))[0])


# The course of an assessment -------------------------------------------------

NO_EVIDENCE = ('Số liệu đã có trên hệ thống thông tin báo cáo của tỉnh',
               'Tài liệu thuộc danh mục mật, đã xuất trình trực tiếp cho Tổ thẩm định')
NOT_MEASURED = 'Chưa tổng hợp được số liệu tại thời điểm báo cáo'
NO_POINTS = 'Không có số liệu và tài liệu kiểm chứng nên không cho điểm'
ADJUSTED = ('Tài liệu kiểm chứng chưa chứng minh đầy đủ kết quả tự chấm',
            'Kết quả thực hiện phát sinh sau thời điểm chốt số liệu',
            'Nội dung báo cáo chưa thống nhất với số liệu theo dõi của cơ quan thẩm định')
APPEALS = ('Đề nghị xem xét tài liệu bổ sung', 'Đề nghị tính kết quả theo văn bản xác nhận của cơ quan quản lý')
CUSTOMS_REVIEW = {'1.4': (Decimal('0.90'), None), '2.4': (Decimal('0.75'), Decimal('0.90'))}  # verified, appealed


def assess(criterion, agency, year, level):
    """A row of the sheet, still without points."""
    code, source = criterion['code'], criterion['source']
    row = dict.fromkeys(COLUMNS)
    row.update(round_year=year, agency_code=agency, criterion_code=code, status='observed', origin='made up',
               points=Decimal(0))
    rng = draw('course', year, agency, criterion['stable_key'])
    by_hand = (year, agency) == (2019, 'HQ')
    if does_not_apply(agency, code):
        row['status'] = 'not_applicable'
        row['verify_note'] = NOT_APPLICABLE[agency][1]
    elif source == 'self_assessed' and (year, agency) in NEVER_SUBMITTED:
        row['status'] = 'missing'
    elif source == 'self_assessed' and not by_hand and rng.random() < 0.012:
        row.update(status='missing', explanation=NOT_MEASURED, verified_points=Decimal('0.00'), verify_note=NO_POINTS)
    else:
        row.update(measure_customs_2019(criterion) if by_hand else measure(criterion, agency, year, level))
        if source == 'self_assessed':
            if by_hand or rng.random() < 0.95:
                url = f'https://minhchung.example/{year}/{agency}/{code}.pdf'
                row['evidence_url'] = url
                row['evidence_sha256'] = hashlib.sha256(url.encode()).hexdigest()
            else:
                row['explanation'] = rng.choice(NO_EVIDENCE)
    return row


def score(row, criterion, peers):
    """The points that count, and how the sheet comes to them where it is self-assessed."""
    if row['status'] != 'observed':
        return
    row['points'] = earned = cents(apply_rule(criterion['rule'], row, peers))
    if criterion['source'] != 'self_assessed':  # surveys and records are scored by the rule when all are in
        return
    by_hand = (row['round_year'], row['agency_code']) == (2019, 'HQ')
    rng = draw('review', row['round_year'], row['agency_code'], criterion['stable_key'])
    verified = earned
    outcome = appealed = None
    if by_hand:
        verified, appealed = CUSTOMS_REVIEW.get(criterion['code'], (earned, None))
        outcome = 'partly_granted' if appealed else None
    elif earned > 0 and rng.random() < 0.05:
        verified = Decimal('0.00') if kind(criterion['rule']) == 'yes' else cents(earned * 3 / 4)
        if rng.random() < 0.35:
            outcome = rng.choice(('granted', 'partly_granted', 'refused'))
            appealed = {'granted': earned, 'partly_granted': cents((earned + verified) / 2), 'refused': None}[outcome]
    row.update(self_points=earned, verified_points=verified, appeal_points=appealed)
    row['points'] = verified if appealed is None else appealed
    if verified < earned:
        row['verify_note'] = rng.choice(ADJUSTED)
    if outcome:
        row.update(appeal_reason=rng.choice(APPEALS), appeal_decision=outcome)


def index_of(rows, leaves, adjustment):
    """Per cent of the applicable maximum, with bonus and penalty, exactly."""
    counted = [row for row in rows if row['status'] != 'not_applicable']
    points = sum(row['points'] for row in counted)
    return 100 * Fraction(points) / Fraction(sum(
        Decimal(leaves[row['criterion_code']]['max_points']) for row in counted)) + Fraction(adjustment)


def assess_track(track, members, adjustments):
    """All rows of a track by agency, its ranking [(index, agency)], best first, and who was asked."""
    year = int(track['round_year'])
    leaves = {c['code']: c for c in read(track['criteria_file']) if c['rule']}
    sheets = {m['agency_code']: [assess(c, m['agency_code'], year, level_of(m['agency_code'], year))
                                 for c in leaves.values()] for m in members}
    in_reference = {m['agency_code'] for m in members if m['in_reference'] == 'true'}
    for agency, rows in sheets.items():
        by_code = {row['criterion_code']: row for row in rows}
        on_time, apology = by_code['3.4.1'], by_code['3.4.2']
        if apology['status'] == 'observed' and (year, agency) != (2019, 'HQ'):  # of the files that were late
            late = on_time['denominator'] - on_time['numerator']
            apology.update(numerator=round(late * apology['numerator'] / max(apology['denominator'], 1)), denominator=late)
    people = [person for rows in sheets.values() if any('wanted' in row for row in rows)
              for person in survey_agency(rows, leaves)]
    for agency, rows in sheets.items():
        for place, row in enumerate(rows):
            peers = [Fraction(sheet[place]['measured']) for peer, sheet in sheets.items()
                     if peer in in_reference and sheet[place]['measured'] is not None]
            score(row, leaves[row['criterion_code']], peers)

    def ranking():
        return sorted(((index_of(rows, leaves, adjustments.get((year, agency), Decimal(0))), agency)
                       for agency, rows in sheets.items() if agency in in_reference), reverse=True)

    if year == 2019 and track['group'] == 'department':
        tie(sheets, ranking())
    return sheets, ranking(), people


def tie(sheets, ranked):
    """Makes the two departments that are closest to each other equal, for the tie-break to tell apart."""
    whole = [(index, agency) for index, agency in ranked
             if agency not in NOT_APPLICABLE and (2019, agency) not in NEVER_SUBMITTED]
    gap, lower = min((better[0] - worse[0], worse[1]) for better, worse in zip(whole, whole[1:]))
    rating = next(row for row in sheets[lower] if row['criterion_code'] == '8.4')
    rating['measured'] = rating['points'] = cents(Fraction(rating['measured']) + gap)


def main():
    adjustments = {}
    for row in read('sheet_adjustments.csv'):
        sign = 1 if row['kind'] == 'bonus' else -1
        key = int(row['round_year']), row['agency_code']
        adjustments[key] = adjustments.get(key, Decimal(0)) + sign * Decimal(row['points'])
    participation = read('participation.csv')
    respondents = []
    for year in ('2018', '2019'):
        with open(FOLDER / f'assessments_{year}.csv', 'w', newline='', encoding='utf-8') as file:
            out = csv.DictWriter(file, COLUMNS, extrasaction='ignore', lineterminator='\n')
            out.writeheader()
            for track in read('tracks.csv'):
                if track['round_year'] != year:
                    continue
                members = [m for m in participation if (m['round_year'], m['group']) == (year, track['group'])]
                sheets, ranked, people = assess_track(track, members, adjustments)
                for rows in sheets.values():  # what the survey measures is in its own file
                    out.writerows(row for row in rows if 'wanted' not in row)
                respondents += people
                print(year, track['group'], ', '.join(f'{agency} {cents(index)}' for index, agency in ranked))
                if (year, track['group']) == ('2019', 'central'):
                    assert ranked[0] == (Fraction('93.66'), 'HQ') and ranked[1][0] < ranked[0][0]
    with open(FOLDER / 'survey_2019.csv', 'w', newline='', encoding='utf-8') as file:
        out = csv.DictWriter(file, SURVEY_COLUMNS, lineterminator='\n')
        out.writeheader()
        out.writerows(respondents)


main()
