import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readDate } from '../../src/normalise/date-text.ts'
import { mendEncoding } from '../../src/normalise/encoding.ts'
import { plain } from '../../src/normalise/html.ts'
import { isMistagged, languageOf } from '../../src/normalise/language.ts'
import { readBytes } from '../../src/normalise/numbers.ts'
import { readPeriod } from '../../src/normalise/period-text.ts'

describe('a date as portals write it', () => {
  it.each([
    ['2023', '2023', 'gYear'],
    ['2023-05', '2023-05', 'gYearMonth'],
    ['2023-5-1', '2023-05-01', 'date'],
    ['2023-05-01', '2023-05-01', 'date'],
    ['2023/05/01', '2023-05-01', 'date'],
    ['2023-05-01T10:00:00Z', '2023-05-01T10:00:00Z', 'dateTime'],
    ['2023-05-01T10:00:00+01:00', '2023-05-01T10:00:00+01:00', 'dateTime'],
    ['2023-05-01T10:00:00+0100', '2023-05-01T10:00:00+01:00', 'dateTime'],
    ['2023-05-01T10:00:00.123456789', '2023-05-01T10:00:00.123456Z', 'dateTime'],
    ['2021-01-28 GMT 01:51:03', '2021-01-28T01:51:03Z', 'dateTime'],
    ['2023-05-01 10:00', '2023-05-01T10:00:00Z', 'dateTime'],
    ['31/12/2022', '2022-12-31', 'date'],
    ['12/31/2022', '2022-12-31', 'date'],
    ['01.02.2022', '2022-02-01', 'date'],
    ['31/12/2022 08:05', '2022-12-31T08:05:00Z', 'dateTime'],
    ['janvier 2020', '2020-01', 'gYearMonth'],
    ['1er août 2021', '2021-08-01', 'date'],
    ['March 3, 2021', '2021-03-03', 'date'],
    ['Monday 3 March 2021', '2021-03-03', 'date'],
    ['3 غشت 2021', '2021-08-03', 'date'],
    ['ماي 2020', '2020-05', 'gYearMonth'],
    ['31-12-22', '2022-12-31', 'date'],
    ['1.2.99', '1999-02-01', 'date'],
    ['20230501', '2023-05-01', 'date'],
    ['1675245600', '2023-02-01T10:00:00Z', 'dateTime'],
    ['1675245600000', '2023-02-01T10:00:00Z', 'dateTime'],
    ['2023-01-01 00:00:00 GMT+1', '2023-01-01T00:00:00+01:00', 'dateTime'],
    ['Wed, 01 Feb 2023 10:00:00 GMT', '2023-02-01T10:00:00Z', 'dateTime'],
    ['Wed Feb 01 2023 10:00:00 GMT+0100 (CET)', '2023-02-01T10:00:00+01:00', 'dateTime'],
    ['Wed Feb 01 10:00:00 GMT 2023', '2023-02-01T10:00:00Z', 'dateTime'],
    ['15-Jan-2023', '2023-01-15', 'date'],
    ['le 3 mars 2021 à 10:00', '2021-03-03T10:00:00Z', 'dateTime'],
    ['2023 janvier', '2023-01', 'gYearMonth'],
    ['15 كانون الثاني 2023', '2023-01-15', 'date'],
    ['يناير/كانون الثاني 2023', '2023-01', 'gYearMonth'],
    ['شتنبر 2020', '2020-09', 'gYearMonth'],
    ['سبتمبر 2020', '2020-09', 'gYearMonth'],
    ['نونبر 2020', '2020-11', 'gYearMonth'],
    ['ديسمبر 2020', '2020-12', 'gYearMonth'],
    ['جويلية 2020', '2020-07', 'gYearMonth'],
    ['الأحد 3 ماي 2020', '2020-05-03', 'date'],
    ['12/2024', '2024-12', 'gYearMonth'],
    ['1/2024', '2024-01', 'gYearMonth'],
    ['12-2024', '2024-12', 'gYearMonth'],
    ['12.2024', '2024-12', 'gYearMonth'],
    ['2024/12', '2024-12', 'gYearMonth'],
    ['١٢/٢٠٢٤', '2024-12', 'gYearMonth'],
    ['٢٠٢٤-٠٥-٠١', '2024-05-01', 'date'],
    ['2023-02-30', '2023-02', 'gYearMonth'],
    ['2024-02-29', '2024-02-29', 'date'],
    ['2023-02-29', '2023-02', 'gYearMonth'],
    ['2023-13-01', '2023', 'gYear'],
    ['2023-05-01T25:00:00', '2023-05-01', 'date'],
  ])('%s is %s', (written, value, type) => {
    expect(readDate(written)).toEqual({ value, type })
  })

  it.each(['', 'bientôt', '0000', '12', '99/99/99', 'mai', '0012-01-01', 'Infinity', '2023-05-01-07', '1er du mois', '13/2024', '00/2024', '45-2024'])(
    '"%s" is none',
    written => {
      expect(readDate(written)).toBeUndefined()
    },
  )

  const legal = {
    gYear: /^\d{4}$/,
    gYearMonth: /^\d{4}-(0[1-9]|1[0-2])$/,
    date: /^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/,
    dateTime: /^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])T([01]\d|2[0-3]):[0-5]\d:[0-5]\d(\.\d{1,6})?(Z|[+-]((0\d|1[0-3]):[0-5]\d|14:00))$/,
  }

  it('whatever is written, what is read has a legal form, names a day that there is, and is read alike again', () => {
    const two = (most: number) => fc.nat(most).map(each => String(each).padStart(2, '0'))
    const near = fc
      .tuple(
        fc.constantFrom('2023', '1999', '0999', '2024'),
        fc.constantFrom('-', '-', '/'),
        two(14),
        fc.constantFrom('-', '-', '/'),
        two(33),
        fc.constantFrom('T', ' ', ' GMT '),
        two(26),
        two(65),
        two(65),
        fc.constantFrom('', 'Z', '+01:00', '-9900', '+99:99', '+14:30', '+0160', ' UTC', '.5', '.000'),
      )
      .map(([year, a, month, b, day, c, hour, minute, second, zone]) => `${year}${a}${month}${b}${day}${c}${hour}:${minute}:${second}${zone}`)
    fc.assert(
      fc.property(
        fc.oneof(
          near,
          fc.string(),
          fc.string({ unit: 'binary' }),
          fc.date({ noInvalidDate: true, min: new Date('1500-01-01'), max: new Date('2500-01-01') }).map(date => date.toISOString()),
        ),
        written => {
          const read = readDate(written)
          if (!read) return
          expect(read.value).toMatch(legal[read.type])
          if (read.type === 'date' || read.type === 'dateTime')
            expect(new Date(`${read.value.slice(0, 10)}T00:00:00Z`).toISOString().slice(0, 10)).toBe(read.value.slice(0, 10))
          expect(readDate(read.value)).toEqual(read)
        },
      ),
      { numRuns: 5000 },
    )
  })
})

describe('a size as portals write it', () => {
  it.each([
    ['5', 5],
    ['5.0', 5],
    ['1,2 Mo', 1_200_000],
    ['1 024 Ko', 1_024_000],
    ['1 024', 1024],
    ['1,024', 1024],
    ['1.234.567', 1_234_567],
    ['2 GiB', 2 * 1024 ** 3],
    ['0', 0],
    ['12 octets', 12],
    ['3.5MB', 3_500_000],
    ['1 234 Ko', 1_234_000],
    ['1,5 GiB', 1_610_612_736],
    ['٣٫٥ ميغابايت', 3_500_000],
    ['12 كيلو بايت', 12_000],
    ['5 م.ب', 5_000_000],
    ['2 kilo-octets', 2000],
  ])('%s is %d bytes', (written, size) => {
    expect(readBytes(written)).toBe(size)
  })

  it.each(['', 'grand', '-5', '5 pages', '1.2.3 Mo', 'NaN', ',', '. Mo', '5 constructor'])('"%s" is none', written => {
    expect(readBytes(written)).toBeUndefined()
  })
})

describe('a period as portals write it', () => {
  const seasonStart = (name: string) =>
    new Map([
      ['', 9],
      ['annee scolaire', 9],
      ['campagne', 10],
    ]).get(name)

  it.each([
    ['2010-2020', '2010', '2020'],
    ['2010 - 2020', '2010', '2020'],
    ['2010/2020', '2010', '2020'],
    ['2022-2023', '2022', '2023'],
    ['2022/2023', '2022-09-01', '2023-08-31'],
    ['2022-23', '2022-09-01', '2023-08-31'],
    ['2011-12', '2011-12', '2011-12'],
    ['année scolaire 2022-2023', '2022-09-01', '2023-08-31'],
    ['Campagne 2022/2023', '2022-10-01', '2023-09-30'],
    ['Depuis 2015', '2015', undefined],
    ['منذ 2015', '2015', undefined],
    ['2015 - présent', '2015', undefined],
    ["jusqu'à 2020", undefined, '2020'],
    ['T1 2023', '2023-01-01', '2023-03-31'],
    ['2023-T4', '2023-10-01', '2023-12-31'],
    ['Q2 2023', '2023-04-01', '2023-06-30'],
    ['1er trimestre 2023', '2023-01-01', '2023-03-31'],
    ['الربع الأول من سنة 2023', '2023-01-01', '2023-03-31'],
    ['S2 2023', '2023-07-01', '2023-12-31'],
    ['الأسدس الأول من سنة 2023', '2023-01-01', '2023-06-30'],
    ['first half of 2024', '2024-01-01', '2024-06-30'],
    ['mai 2023', '2023-05', '2023-05'],
    ['01/01/2010 - 31/12/2020', '2010-01-01', '2020-12-31'],
    ['du 1er janvier 2010 au 31 décembre 2020', '2010-01-01', '2020-12-31'],
    ['janvier - mars 2023', '2023-01', '2023-03'],
    ['من 2010 إلى 2020', '2010', '2020'],
    ['2010-01-01/2020-12-31', '2010-01-01', '2020-12-31'],
    ['start=2010-01-01; end=2020; scheme=W3C-DTF', '2010-01-01', '2020'],
    ['T1 2020 - T4 2022', '2020-01-01', '2022-12-31'],
    ['٢٠١٠-٢٠٢٠', '2010', '2020'],
    ['12/2024', '2024-12', '2024-12'],
    ['01/2020 - 12/2024', '2020-01', '2024-12'],
    ['01/2020-12/2024', '2020-01', '2024-12'],
    ['de 01/2020 à 12/2024', '2020-01', '2024-12'],
  ])('%s', (written, start, end) => {
    const read = readPeriod(written, seasonStart)
    expect([read?.start?.value, read?.end?.value]).toEqual([start, end])
  })

  it.each(['', 'de temps en temps', 'T5 2023', '2020-2010', 'Maroc 2020', '2010, 2012, 2014', '12'])('"%s" is none', written => {
    expect(readPeriod(written, seasonStart)).toBeUndefined()
  })

  it('never throws, and never ends before it starts', () => {
    const pieces = fc
      .array(
        fc.constantFrom('2020', '2023', '2022', '-', '/', ' ', 'T1', 'S2', 'depuis', 'à', 'janvier', '31', '12', 'إلى', 'الربع', 'الأول', '..', 'start=', ';'),
      )
      .map(parts => parts.join(''))
    fc.assert(
      fc.property(fc.oneof(pieces, fc.string()), text => {
        const read = readPeriod(text, seasonStart)
        if (read?.start && read.end) expect(read.start.value.slice(0, 4) <= read.end.value.slice(0, 4)).toBe(true)
      }),
      { numRuns: 3000 },
    )
  })
})

describe('text that was decoded wrongly', () => {
  const wrongly = (text: string) => new TextDecoder('windows-1252').decode(new TextEncoder().encode(text))

  it.each(['Données à jour d’été – œuvre', 'الماء الصالح للشرب و البيئة', 'ⵜⵓⵙⵙⵏⴰ', 'Prix en €', 'naïve «À»'])('"%s" is read again', text => {
    expect(mendEncoding(wrongly(text))).toBe(text)
  })

  it.each(['«CAFÉ»', 'SÃO PAULO', 'Çà et là', 'ÂGE', 'Île de Ré', 'Ø 12 mm', 'الماء'])('"%s" was right', text => {
    expect(mendEncoding(text)).toBe(text)
  })
})

describe('the language of a text without a tag', () => {
  it.each([
    ['Water quality of rivers and lakes', 'fr', 'en'],
    ['Qualité de l’eau des rivières', 'en', 'fr'],
    ['Statistiques agricoles de la région', 'ar', 'fr'],
    ['جودة المياه', 'fr', 'ar'],
    ['ⵜⵓⵙⵙⵏⴰ', 'fr', 'zgh'],
    ['Population', 'fr', 'fr'],
    ['Population', 'en', 'en'],
    ['ONEE', 'ar', 'fr'],
    ['rivers_and_lakes_2020.csv', 'fr', 'fr'],
    ['', 'fr', 'fr'],
    ['2020', 'fr', 'fr'],
  ])('"%s" of a source in %s is %s', (text, usual, language) => {
    expect(languageOf(text, usual, ['fr', 'ar', 'en'])).toBe(language)
  })

  it('is never one that the catalogue does not have', () => {
    expect(languageOf('Wasserqualität der Flüsse und Seen', 'fr', ['fr', 'en'])).toMatch(/^(fr|en)$/)
  })

  it.each([
    ['نسبة الملء', 'fr', true],
    ['نسبة الملء', 'ar', false],
    ['نسبة PIB', 'ar', false],
    ['IPC 2023', 'ar', false],
    ['Prix à la consommation', 'ar', true],
    ['Asatal', 'ar', false],
    ['Eau', 'en', false],
  ])('"%s" cannot be @%s: %s', (text, tag, wrong) => {
    expect(isMistagged(text, tag)).toBe(wrong)
  })
})

describe('HTML as a reader sees it', () => {
  it.each([
    ['<p>a</p><p>b</p>', 'a\nb'],
    ['a<br>b', 'a\nb'],
    ['&eacute;t&eacute; &#233;', 'été é'],
    ['a < b et c > d', 'a < b et c > d'],
    ['<style>p{}</style>x<script>1<2</script>', 'x'],
    ['x &unknown; y', 'x &unknown; y'],
    ['<ul><li>un</li></ul>', '– un'],
    ['R&D', 'R&D'],
    ['&amp;amp;', '&'],
    ['&amp;eacute;t&amp;eacute; &amp;lt;b&amp;gt;x', 'été x'],
    ['&ldquo;a&rdquo; &Eacute;tat', '“a” État'],
    ['a<!-- c -->b', 'a b'],
    ['<table><tr><td>a</td><td>b</td></tr></table>', 'a b'],
    ['**gras** [ici](https://e.ma)', '**gras** [ici](https://e.ma)'],
    ['AT&T &copy 2020', 'AT&T &copy 2020'],
    ['&#99999999999;', '&#99999999999;'],
    ['<a href="https://e.ma">ici</a>', 'ici (https://e.ma)'],
    ['Voir <a href=https://e.ma/a>e.ma/a</a>, <a href="#haut">haut</a>', 'Voir e.ma/a, haut'],
    ['&lt;a href="mailto:eau@e.ma"&gt;le bureau&lt;/a&gt;', 'le bureau (eau@e.ma)'],
    ['<img src="https://e.ma/carte.png" alt="Carte des bassins">', 'Carte des bassins (https://e.ma/carte.png)'],
    ['Débit 3<Q et h>2 m', 'Débit 3<Q et h>2 m'],
    ['x<p>y, a<b>c, si a <b> c', 'x<p>y, a<b>c, si a <b> c'],
    ['Indiquer <nom>, <date> et <source>', 'Indiquer <nom>, <date> et <source>'],
    ['<https://e.ma/a> ou <eau@e.ma>', '<https://e.ma/a> ou <eau@e.ma>'],
    ['<strong>Si 1 &lt;i et j&gt; 2</strong>', 'Si 1 <i et j> 2'],
    ['<p class="x">Un<o:p></o:p></p>', 'Un'],
    ['- un\n    - deux &amp; trois', '- un\n    - deux & trois'],
    ['un <!-- et deux', 'un <!-- et deux'],
  ])('%s', (html, seen) => {
    expect(plain(html)).toBe(seen)
  })

  it('never throws', () => {
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom('<', '>', '&', '#', ';', '/', 'p', 'script', '55296', 'amp', ' ', '\n', '"')).map(parts => parts.join('')),
        text => {
          expect(typeof plain(text)).toBe('string')
        },
      ),
      { numRuns: 2000 },
    )
  })
})
