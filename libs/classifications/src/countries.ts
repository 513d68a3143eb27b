import type { Label } from '@karnama/kernel';

/** A first-level subdivision: `code` is ISO 3166-2, `digits` open the national codes of everything inside it. */
export type State = { readonly code: string; readonly digits: string; readonly name: Label };

/** A country: `code` is ISO 3166-1, `localDigits` the length of a national county or municipality code. */
export type Country = {
  readonly code: string;
  readonly name: Label;
  readonly localDigits: number;
  readonly states: readonly State[];
};

/** `digits` of the national code, ISO letters or digits, Persian name, English name, Portuguese name. */
type Row = readonly [digits: string, iso: string, fa: string, en: string, pt?: string];

const statesOf = (country: string, rows: readonly Row[]): readonly State[] =>
  rows.map(([digits, iso, fa, en, pt]) => ({
    code: `${country}-${iso}`,
    digits,
    name: pt === undefined ? { fa, en } : { fa, en, pt },
  }));

/**
 * Iran's provinces in the edition of ISO 3166-2 whose digits are the two-digit codes of the
 * Statistical Centre of Iran: IR-00 Markazi, IR-23 Tehran, IR-30 Alborz. An earlier edition used the
 * same codes for other provinces (there IR-07 is Tehran and IR-32 Alborz), so data that carries ISO
 * codes may be joined only when its edition is known.
 */
const provincesOfIran: readonly Row[] = [
  ['00', '00', 'مرکزی', 'Markazi'],
  ['01', '01', 'گیلان', 'Gilan'],
  ['02', '02', 'مازندران', 'Mazandaran'],
  ['03', '03', 'آذربایجان شرقی', 'East Azerbaijan'],
  ['04', '04', 'آذربایجان غربی', 'West Azerbaijan'],
  ['05', '05', 'کرمانشاه', 'Kermanshah'],
  ['06', '06', 'خوزستان', 'Khuzestan'],
  ['07', '07', 'فارس', 'Fars'],
  ['08', '08', 'کرمان', 'Kerman'],
  ['09', '09', 'خراسان رضوی', 'Razavi Khorasan'],
  ['10', '10', 'اصفهان', 'Isfahan'],
  ['11', '11', 'سیستان و بلوچستان', 'Sistan and Baluchestan'],
  ['12', '12', 'کردستان', 'Kurdistan'],
  ['13', '13', 'همدان', 'Hamadan'],
  ['14', '14', 'چهارمحال و بختیاری', 'Chaharmahal and Bakhtiari'],
  ['15', '15', 'لرستان', 'Lorestan'],
  ['16', '16', 'ایلام', 'Ilam'],
  ['17', '17', 'کهگیلویه و بویراحمد', 'Kohgiluyeh and Boyer-Ahmad'],
  ['18', '18', 'بوشهر', 'Bushehr'],
  ['19', '19', 'زنجان', 'Zanjan'],
  ['20', '20', 'سمنان', 'Semnan'],
  ['21', '21', 'یزد', 'Yazd'],
  ['22', '22', 'هرمزگان', 'Hormozgan'],
  ['23', '23', 'تهران', 'Tehran'],
  ['24', '24', 'اردبیل', 'Ardabil'],
  ['25', '25', 'قم', 'Qom'],
  ['26', '26', 'قزوین', 'Qazvin'],
  ['27', '27', 'گلستان', 'Golestan'],
  ['28', '28', 'خراسان شمالی', 'North Khorasan'],
  ['29', '29', 'خراسان جنوبی', 'South Khorasan'],
  ['30', '30', 'البرز', 'Alborz'],
];

/** Brazil's states and the Federal District with the two digits that IBGE gives them. */
const statesOfBrazil: readonly Row[] = [
  ['11', 'RO', 'روندونیا', 'Rondônia', 'Rondônia'],
  ['12', 'AC', 'آکری', 'Acre', 'Acre'],
  ['13', 'AM', 'آمازوناس', 'Amazonas', 'Amazonas'],
  ['14', 'RR', 'رورایما', 'Roraima', 'Roraima'],
  ['15', 'PA', 'پارا', 'Pará', 'Pará'],
  ['16', 'AP', 'آماپا', 'Amapá', 'Amapá'],
  ['17', 'TO', 'توکانتینس', 'Tocantins', 'Tocantins'],
  ['21', 'MA', 'مارانیائو', 'Maranhão', 'Maranhão'],
  ['22', 'PI', 'پیائویی', 'Piauí', 'Piauí'],
  ['23', 'CE', 'سئارا', 'Ceará', 'Ceará'],
  ['24', 'RN', 'ریو گرانده شمالی', 'Rio Grande do Norte', 'Rio Grande do Norte'],
  ['25', 'PB', 'پارائیبا', 'Paraíba', 'Paraíba'],
  ['26', 'PE', 'پرنامبوکو', 'Pernambuco', 'Pernambuco'],
  ['27', 'AL', 'آلاگوئاس', 'Alagoas', 'Alagoas'],
  ['28', 'SE', 'سرژیپی', 'Sergipe', 'Sergipe'],
  ['29', 'BA', 'باهیا', 'Bahia', 'Bahia'],
  ['31', 'MG', 'میناس ژرایس', 'Minas Gerais', 'Minas Gerais'],
  ['32', 'ES', 'اسپیریتو سانتو', 'Espírito Santo', 'Espírito Santo'],
  ['33', 'RJ', 'ریودوژانیرو', 'Rio de Janeiro', 'Rio de Janeiro'],
  ['35', 'SP', 'سائوپائولو', 'São Paulo', 'São Paulo'],
  ['41', 'PR', 'پارانا', 'Paraná', 'Paraná'],
  ['42', 'SC', 'سانتا کاتارینا', 'Santa Catarina', 'Santa Catarina'],
  ['43', 'RS', 'ریو گرانده جنوبی', 'Rio Grande do Sul', 'Rio Grande do Sul'],
  ['50', 'MS', 'ماتو گروسوی جنوبی', 'Mato Grosso do Sul', 'Mato Grosso do Sul'],
  ['51', 'MT', 'ماتو گروسو', 'Mato Grosso', 'Mato Grosso'],
  ['52', 'GO', 'گویاس', 'Goiás', 'Goiás'],
  ['53', 'DF', 'ناحیهٔ فدرال', 'Federal District', 'Distrito Federal'],
];

/** Every country whose areas are known here. A further country is one more entry; no function changes. */
export const countries: readonly Country[] = [
  {
    code: 'IR',
    name: { fa: 'ایران', en: 'Iran', pt: 'Irã' },
    localDigits: 4,
    states: statesOf('IR', provincesOfIran),
  },
  {
    code: 'BR',
    name: { fa: 'برزیل', en: 'Brazil', pt: 'Brasil' },
    // The seventh digit of a Brazilian municipality code only checks the other six.
    localDigits: 6,
    states: statesOf('BR', statesOfBrazil),
  },
];
