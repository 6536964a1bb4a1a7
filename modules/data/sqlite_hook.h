// sqlite_hook.h - what the files with callbacks of SQLite share.
// SPDX-License-Identifier: MIT
#ifndef KR_DATA_SQLITE_HOOK_H
#define KR_DATA_SQLITE_HOOK_H

#include "sqlite_part.h"

// An exception in a callback. KeyboardInterrupt and limits end the operation; others are shown if the program asked for tracebacks.
void kr_sql_hook_failed(KrSql *sql, KrValue callable);
void kr_sql_set_progress(KrSql *sql, KrSqlHook *hook, int count); // hook NULL, or count below 1: none

// Arguments and results of functions (sqlite_value.c).
KrValue kr_sql_item(KrVm *vm, SqlItem *item) KR_RAISES;
bool kr_sql_result(KrVm *vm, SqlContext *context, KrValue v) KR_RAISES;

void kr_sql_authorize(KrSql *sql);

// Methods of Connection that stand in files of their own.
#define METHOD(name) KrValue name(KrVm *vm, KrValue self, const KrValue *arg) KR_RAISES
METHOD(kr_sql_create_function);
METHOD(kr_sql_create_aggregate);
METHOD(kr_sql_create_collation);
METHOD(kr_sql_create_window_function);
METHOD(kr_sql_set_authorizer);
METHOD(kr_sql_set_progress_handler);
METHOD(kr_sql_set_trace_callback);
METHOD(kr_sql_backup);
METHOD(kr_sql_blobopen);
METHOD(kr_sql_getlimit);
METHOD(kr_sql_setlimit);
METHOD(kr_sql_getconfig);
METHOD(kr_sql_setconfig);
METHOD(kr_sql_serialize);
METHOD(kr_sql_deserialize);
METHOD(kr_sql_enable_load_extension);
METHOD(kr_sql_load_extension);
#undef METHOD

#endif
