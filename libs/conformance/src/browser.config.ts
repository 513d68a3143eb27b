/** Where the browser of the tests is: KARNAMA_CHROMIUM, or where Debian puts it. */
export const chromiumPath = process.env['KARNAMA_CHROMIUM'] ?? '/usr/bin/chromium';
