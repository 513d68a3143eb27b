import { Controller, Get, Inject, Req, Res, StreamableFile } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { KarnamaError } from '@karnama/kernel';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { namesTag } from '../answers/answer-cache.js';
import { dashboardFile, filePathOf, type DashboardFile } from './dashboard-files.js';
import { DASHBOARD_DIR } from '../options.js';

const note = `<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><title>Karnama</title></head>
<body>
<h1>Karnama</h1>
<p>The dashboard has not been built. Run <code>npm run build</code> and load this page again.</p>
<p lang="fa" dir="rtl">داشبورد هنوز ساخته نشده است. <code dir="ltr">npm run build</code> را اجرا و صفحه را دوباره باز کنید.</p>
<p>The figures are served at <a href="/api/dataflows">/api/dataflows</a>; the interface is described at
<a href="/api/openapi.json">/api/openapi.json</a>.</p>
</body>
</html>
`;

const namesFile = (path: string): boolean => /\.\w+$/.test(path);

const notFound = (url: string): KarnamaError => {
  const path = url.split('?', 1)[0] ?? '/';
  return new KarnamaError('not-found', `there is nothing at ${path.slice(0, 200)}`, 'see /api/openapi.json');
};

/** Everything that no other controller answers: the dashboard's files, and its page for every other address. */
@Controller()
@ApiExcludeController()
export class DashboardController {
  constructor(@Inject(DASHBOARD_DIR) private readonly folder: string | null) {}

  @Get('*')
  async page(
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<StreamableFile | string | undefined> {
    const path = filePathOf(request.url);
    if (path === undefined || /^(api|health)(\/|$)/.test(path)) throw notFound(request.url);
    const file = await this.find(path, request.headers['accept-encoding']);
    if (file !== undefined) return this.answer(file, request, reply);
    // A missing script must not be answered with a page: the browser would try to run it.
    if (namesFile(path)) throw notFound(request.url);
    reply.status(503).headers({ 'content-type': 'text/html; charset=utf-8', 'cache-control': 'no-store' });
    return note;
  }

  private async find(path: string, acceptEncoding: unknown): Promise<DashboardFile | undefined> {
    if (this.folder === null) return undefined;
    const accepted = typeof acceptEncoding === 'string' ? acceptEncoding : undefined;
    return dashboardFile(this.folder, namesFile(path) ? path : 'index.html', accepted);
  }

  private answer(
    file: DashboardFile,
    request: FastifyRequest,
    reply: FastifyReply,
  ): StreamableFile | undefined {
    reply.headers(file.headers);
    if (!namesTag(request.headers['if-none-match'], file.tag)) return new StreamableFile(file.open());
    reply.status(304);
    return undefined;
  }
}
