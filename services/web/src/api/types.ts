// SPDX-License-Identifier: Apache-2.0
// Generated from services/gateway/openapi.yaml by "npm run generate". Do not edit.

export type paths = Record<string, never>;
export type webhooks = Record<string, never>;
export interface components {
    schemas: {
        /** Format: date-time */
        Time: string;
        ProviderId: string;
        /** @description "<provider>/<service>" */
        ServiceId: string;
        /** @description "<provider>/<native id>" */
        IncidentId: string;
        /** @description What a reader must know about the data, for example that it is invented; absent when there is nothing */
        Notice: string;
        /** @enum {string} */
        Impact: "none" | "minor" | "major" | "critical" | "maintenance" | "unknown";
        /** @enum {string} */
        Status: "investigating" | "identified" | "monitoring" | "resolved" | "postmortem" | "scheduled" | "in_progress" | "completed" | "unknown";
        Service: {
            id: components["schemas"]["ServiceId"];
            name: string;
            provider: components["schemas"]["ProviderId"];
        };
        Provider: {
            id: components["schemas"]["ProviderId"];
            name: string;
            color: string;
            website: string;
            services: components["schemas"]["Service"][];
            /** @description Page ids */
            pages: string[];
        };
        /** @description How the collection of the page is doing; says nothing of the provider's services */
        PageHealth: {
            page: string;
            /** @enum {string} */
            state: "ok" | "stale" | "unreachable" | "wrong_content" | "rate_limited" | "frozen" | "unknown";
            last_attempt_at?: components["schemas"]["Time"];
            last_success_at?: components["schemas"]["Time"];
            last_change_at?: components["schemas"]["Time"];
            /** @description In words; empty while all is well */
            last_error: string;
            /** Format: int32 */
            consecutive_failures: number;
            next_poll_at?: components["schemas"]["Time"];
        };
        Page: {
            id: string;
            provider: components["schemas"]["ProviderId"];
            platform: string;
            url: string;
            /** @enum {string} */
            status: "active" | "dormant" | "unknown";
            /** Format: int32 */
            interval_seconds: number;
            health: components["schemas"]["PageHealth"];
        };
        /** @description When each stage was reached; a stage that was never posted is absent */
        Stages: {
            investigating?: components["schemas"]["Time"];
            identified?: components["schemas"]["Time"];
            monitoring?: components["schemas"]["Time"];
            resolved?: components["schemas"]["Time"];
            postmortem?: components["schemas"]["Time"];
        };
        Update: {
            status: components["schemas"]["Status"];
            at: components["schemas"]["Time"];
            /** @description What the provider wrote; untrusted text */
            body: string;
        };
        Incident: {
            id: components["schemas"]["IncidentId"];
            native_id: string;
            provider: components["schemas"]["ProviderId"];
            page: string;
            /** @description Untrusted text */
            title: string;
            /** @description Untrusted text */
            url: string;
            impact: components["schemas"]["Impact"];
            status: components["schemas"]["Status"];
            services: components["schemas"]["ServiceId"][];
            stages: components["schemas"]["Stages"];
            started_at?: components["schemas"]["Time"];
            resolved_at?: components["schemas"]["Time"];
            closed_at?: components["schemas"]["Time"];
            impact_started_at?: components["schemas"]["Time"];
            impact_ended_at?: components["schemas"]["Time"];
            /**
             * Format: int64
             * @description closed_at - started_at
             */
            duration_seconds?: number;
            ongoing: boolean;
            /** @description What is odd about it, for example inconsistent, zero_length, no_service, backfilled */
            flags: string[];
            /** Format: int64 */
            revision: number;
            first_seen_at?: components["schemas"]["Time"];
            updated_at?: components["schemas"]["Time"];
            /** @description Newest first; in the detail view and in events only */
            updates?: components["schemas"]["Update"][];
            withdrawn_at?: components["schemas"]["Time"];
            scheduled_for?: components["schemas"]["Time"];
            scheduled_until?: components["schemas"]["Time"];
        };
        ProviderList: {
            providers: components["schemas"]["Provider"][];
            notice?: components["schemas"]["Notice"];
        };
        ServiceList: {
            services: components["schemas"]["Service"][];
            notice?: components["schemas"]["Notice"];
        };
        PageList: {
            pages: components["schemas"]["Page"][];
            notice?: components["schemas"]["Notice"];
        };
        IncidentList: {
            incidents: components["schemas"]["Incident"][];
            /** @description Absent at the end */
            next_cursor?: string;
            /**
             * Format: int64
             * @description Incidents of all pages together
             */
            total: number;
            notice?: components["schemas"]["Notice"];
        };
        AnalysisParameter: {
            name: string;
            description: string;
            /** @enum {string} */
            type: "string" | "time" | "time_zone" | "service_list" | "choice" | "choice_list" | "unknown";
            /** @description Absent when there is none */
            default?: string;
            /** @description For choices */
            allowed: string[];
        };
        AnalysisDescriptor: {
            id: string;
            title: string;
            description: string;
            /**
             * @description How `result` looks
             * @enum {string}
             */
            shape: "distribution" | "unknown";
            parameters: components["schemas"]["AnalysisParameter"][];
        };
        AnalysisList: {
            analyses: components["schemas"]["AnalysisDescriptor"][];
        };
        /** @description The query with every default filled in */
        EffectiveQuery: {
            services: components["schemas"]["ServiceId"][];
            from?: components["schemas"]["Time"];
            to?: components["schemas"]["Time"];
            tz: string;
            include: string[];
            impact: components["schemas"]["Impact"][];
            basis?: string;
            start: string;
            now?: components["schemas"]["Time"];
        };
        Analysis: {
            id: string;
            title: string;
            /** @description What was computed, in words */
            method: string;
            query?: components["schemas"]["EffectiveQuery"];
            /**
             * Format: int64
             * @description Incidents used
             */
            n: number;
            /** @description Incidents left out, by reason */
            excluded: {
                [key: string]: number;
            };
            /** Format: int64 */
            data_version: number;
            result?: components["schemas"]["DistributionResult"];
            notice?: components["schemas"]["Notice"];
        };
        DistributionResult: {
            unit: string;
            groups: components["schemas"]["DistributionGroup"][];
        };
        DistributionGroup: {
            group: string;
            /** Format: int64 */
            n: number;
            /** Format: int64 */
            censored?: number;
            mean?: number;
            mean_ci95?: components["schemas"]["Interval"];
            median?: number;
            p90?: number;
            p95?: number;
            p99?: number;
            ecdf?: components["schemas"]["Ecdf"];
            thresholds: components["schemas"]["Threshold"][];
            bins: components["schemas"]["Bin"][];
            kaplan_meier?: components["schemas"]["KaplanMeier"];
        };
        Interval: {
            low: number | null;
            high: number | null;
        };
        Ecdf: {
            /** @description Sorted, distinct */
            x: (number | null)[];
            /** @description 0-100, cumulative */
            share: (number | null)[];
        };
        Threshold: {
            le: number | null;
            /** @description 0-100 */
            share?: number;
        };
        /** @description Greater than `gt`, at most `le`; the first has no `gt`, the last no `le` */
        Bin: {
            gt?: number;
            le?: number;
            /** @description 0-100 */
            share?: number;
        };
        KaplanMeier: {
            t: (number | null)[];
            /** @description 0-1 */
            survival: (number | null)[];
        };
        /** @description A CloudEvent 1.0, the `data:` of the event stream */
        IncidentEvent: {
            /** @constant */
            specversion: "1.0";
            /** @description "<incident id>:<revision>" */
            id: string;
            /** @constant */
            source: "/fails/normalizer";
            /** @enum {string} */
            type: "fails.incident.opened" | "fails.incident.updated" | "fails.incident.resolved" | "fails.incident.reopened" | "fails.incident.withdrawn";
            subject: components["schemas"]["IncidentId"];
            time: components["schemas"]["Time"];
            /** @constant */
            datacontenttype: "application/json";
            data: components["schemas"]["Incident"] & {
                /** @description Names of the fields that changed, sorted */
                changed: string[];
            };
        };
        /** @description RFC 9457 */
        Problem: {
            /** @description A stable name of the kind of problem */
            type: string;
            title: string;
            status: number;
            detail: string;
            /** @description The request's id, also in `X-Request-Id` and in our log */
            instance: string;
            /** @description What is wrong with which parameter */
            errors?: {
                field: string;
                value: string;
                message: string;
            }[];
        };
    };
    responses: never;
    parameters: never;
    requestBodies: never;
    headers: never;
    pathItems: never;
}
export type $defs = Record<string, never>;
export type operations = Record<string, never>;
