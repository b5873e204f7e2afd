#pragma once

#include <dlfcn.h>
#include <stddef.h>

/// Takes `size * count` bytes and returns their number; any other number ends the request.
typedef size_t (*nbrun_curl_receiver)(
  char *_Nonnull bytes, size_t size, size_t count, void *_Nonnull context);

/// Makes one GET request with the libcurl that was opened as `library`, follows redirections, and gives the lines of each answer's
/// head and the pieces of the last one's body to the receivers, with `context`. `range` is as in `bytes=RANGE`. The request ends when
/// no byte has come for `patience` seconds. Returns null, or what went wrong.
///
/// In C because Swift cannot call a function of variable arguments by its address, and without libcurl's header because what a program
/// opens at run time need not be there to build it. The numbers are that header's, which never change: libcurl.so.4 is libcurl.so.4.
static inline const char *_Nullable nbrun_curl_get(
  void *_Nonnull library, const char *_Nonnull url, const char *_Nullable range,
  nbrun_curl_receiver _Nonnull head, nbrun_curl_receiver _Nonnull body, void *_Nonnull context, long patience
) {
  void *(*init)(void) = (void *(*)(void))dlsym(library, "curl_easy_init");
  int (*set)(void *, int, ...) = (int (*)(void *, int, ...))dlsym(library, "curl_easy_setopt");
  int (*perform)(void *) = (int (*)(void *))dlsym(library, "curl_easy_perform");
  const char *(*text)(int) = (const char *(*)(int))dlsym(library, "curl_easy_strerror");
  void (*cleanup)(void *) = (void (*)(void *))dlsym(library, "curl_easy_cleanup");
  if (!init || !set || !perform || !text || !cleanup) return "this libcurl lacks a function";
  void *handle = init();
  if (!handle) return "libcurl does not start";
  set(handle, 10002, url);         // URL
  set(handle, 10007, range);       // RANGE
  set(handle, 10018, "nbrun");     // USERAGENT: some servers refuse requests without
  set(handle, 10102, "identity");  // ACCEPT_ENCODING: another would make the file's bytes, and so the range, ambiguous
  set(handle, 20079, head);        // HEADERFUNCTION
  set(handle, 10029, context);     // HEADERDATA
  set(handle, 20011, body);        // WRITEFUNCTION
  set(handle, 10001, context);     // WRITEDATA
  set(handle, 52, 1L);             // FOLLOWLOCATION
  set(handle, 68, 20L);            // MAXREDIRS
  set(handle, 181, 3L);            // PROTOCOLS: HTTP and HTTPS
  set(handle, 182, 3L);            // REDIR_PROTOCOLS
  set(handle, 99, 1L);             // NOSIGNAL: signals are the program's
  set(handle, 78, patience);       // CONNECTTIMEOUT
  set(handle, 19, 1L);             // LOW_SPEED_LIMIT: bytes a second
  set(handle, 20, patience);       // LOW_SPEED_TIME
  int code = perform(handle);
  cleanup(handle);
  return code == 0 ? NULL : text(code);
}
