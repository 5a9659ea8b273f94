/** What needs a browser: threads of a page that help to draw samples. */

export {
  type BrowserThreads,
  type BrowserThreadsOptions,
  createBrowserThreads,
} from './threads/browser-threads.ts';
