/** The request of the table in the forms that programs are written in. */

export type RequestForm = 'url' | 'curl' | 'python' | 'r';

export const requestForms: readonly RequestForm[] = ['url', 'curl', 'python', 'r'];

/** A text between single quotes of a shell, whatever it holds. */
const shellQuoted = (text: string): string => `'${text.replaceAll("'", `'\\''`)}'`;

/** @param address absolute address of the figures as CSV */
export const requestLine = (form: RequestForm, address: string): string => {
  switch (form) {
    case 'url':
      return address;
    case 'curl':
      return `curl --fail --silent --show-error ${shellQuoted(address)}`;
    case 'python':
      return `import pandas as pd\n\nfigures = pd.read_csv(${JSON.stringify(address)}, keep_default_na=False, na_values=[""])`;
    case 'r':
      return `figures <- read.csv(${JSON.stringify(address)}, na.strings = "")`;
  }
};
