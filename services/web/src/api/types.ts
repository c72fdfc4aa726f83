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
            state: "ok" | "stale" | "unreachable" | "wrong_content" | "rate_limited" | "frozen" | "moved" | "deleted" | "unknown";
            last_attempt_at?: components["schemas"]["Time"];
            last_success_at?: components["schemas"]["Time"];
            last_change_at?: components["schemas"]["Time"];
            /** @description In words; empty while all is well */
            last_error: string;
            /** Format: int32 */
            consecutive_failures: number;
            next_poll_at?: components["schemas"]["Time"];
            /** @description What a page that moved seems to be on now; empty otherwise */
            detected_platform: string;
            /** @description The host that answers in place of the page's; empty if none does */
            redirected_to: string;
            backfill?: components["schemas"]["BackfillProgress"];
        };
        /** @description How far the walk through the page's history has come */
        BackfillProgress: {
            /**
             * @description `failed` goes on by itself
             * @enum {string}
             */
            state: "running" | "done" | "failed" | "unknown";
            /**
             * Format: int64
             * @description Fetched so far
             */
            documents: number;
            /**
             * Format: int64
             * @description Known to be still to fetch; more may be found
             */
            pending: number;
            started_at?: components["schemas"]["Time"];
            finished_at?: components["schemas"]["Time"];
            /** @description In words; empty while all is well */
            last_error: string;
        };
        PageAccepted: {
            page: string;
        };
        ImportSummary: {
            /**
             * Format: int64
             * @description Pieces into which the file was cut
             */
            documents: number;
            /** Format: int64 */
            incidents: number;
            /** Format: int64 */
            outage_days: number;
            /** @description Records that were skipped, with their line; the first hundred */
            problems: string[];
        };
        Page: {
            id: string;
            provider: components["schemas"]["ProviderId"];
            platform: string;
            url: string;
            /**
             * @description `dormant`: by the catalog, or because the page says that it was deleted
             * @enum {string}
             */
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
            /** @description By service, then time; in the detail view and in events only */
            impact_intervals?: components["schemas"]["ImpactInterval"][];
        };
        IncidentDetail: {
            /** @description That the incident belongs to; absent without one */
            flap_group?: components["schemas"]["FlapGroup"];
        } & components["schemas"]["Incident"];
        /**
         * @description The same failure under the same title, again and again, as monitors that open incidents by themselves report it:
         *     three or more incidents of one provider with exactly the same title, neither withdrawn nor maintenance, of which
         *     each begins at most 24 hours after the one before. Each stays an incident of its own, and is one to every analysis.
         */
        FlapGroup: {
            /** Format: int64 */
            count: number;
            first_started_at: components["schemas"]["Time"];
            last_started_at: components["schemas"]["Time"];
            /** @description Newest first, the incident itself among them; the newest 100 */
            flaps: components["schemas"]["Flap"][];
        };
        /** @description One incident of a group of flaps */
        Flap: {
            id: components["schemas"]["IncidentId"];
            /** @description Its place in lists by time; `started_at` wherever there is one */
            at: components["schemas"]["Time"];
            /** Format: int64 */
            duration_seconds?: number;
            ongoing: boolean;
        };
        /**
         * @description From good to bad; `unknown` is a state of its own and never operational
         * @enum {string}
         */
        ServiceStatus: "operational" | "maintenance" | "degraded" | "partial_outage" | "major_outage" | "unknown";
        /** @description When a service was affected by an incident, where the platform states it */
        ImpactInterval: {
            service: components["schemas"]["ServiceId"];
            from: components["schemas"]["Time"];
            /** @description Absent while it is still affected */
            to?: components["schemas"]["Time"];
            level: components["schemas"]["ServiceStatus"];
        };
        ServiceState: {
            service: components["schemas"]["ServiceId"];
            provider: components["schemas"]["ProviderId"];
            status: components["schemas"]["ServiceStatus"];
            /**
             * @description Since when it is so. With `unknown` because the page cannot be read: since it was last read. Absent when no page
             *     ever said anything.
             */
            since?: components["schemas"]["Time"];
            /** @description The page that says so; empty when none ever did */
            page: string;
            /** @description When the page last said so */
            reported_at?: components["schemas"]["Time"];
            /** @description Newest first */
            ongoing_incidents: components["schemas"]["IncidentId"][];
        };
        StatusSummary: {
            /** @description All of this answer */
            services: number;
            /** @description Degraded, partial or major outage */
            troubled: number;
            unknown: number;
        };
        StatusList: {
            services: components["schemas"]["ServiceState"][];
            summary: components["schemas"]["StatusSummary"];
            notice?: components["schemas"]["Notice"];
        };
        ServiceStatusChange: {
            service: components["schemas"]["ServiceId"];
            status: components["schemas"]["ServiceStatus"];
            previous: components["schemas"]["ServiceStatus"];
            at: components["schemas"]["Time"];
            page: string;
        };
        StatusChangeList: {
            changes: components["schemas"]["ServiceStatusChange"][];
            notice?: components["schemas"]["Notice"];
        };
        /** @description What a provider's own uptime calendar says of a service and a date */
        OutageDay: {
            service: components["schemas"]["ServiceId"];
            provider: components["schemas"]["ProviderId"];
            /**
             * Format: date
             * @description A label in the page's own time zone
             */
            date: string;
            /** Format: int64 */
            partial_seconds: number;
            /** Format: int64 */
            major_seconds: number;
            page: string;
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
            type: "string" | "time" | "time_zone" | "service_list" | "choice" | "choice_list" | "number" | "unknown";
            /** @description Absent when there is none */
            default?: string;
            /** @description For choices */
            allowed: string[];
        };
        AnalysisDescriptor: {
            id: string;
            title: string;
            description: string;
            shape: components["schemas"]["AnalysisShape"];
            parameters: components["schemas"]["AnalysisParameter"][];
        };
        /**
         * @description How `result` looks; `service_sets` is ServiceSetsResult, and so on
         * @enum {string}
         */
        AnalysisShape: "distribution" | "histogram" | "boxplot" | "stages" | "combinations" | "availability" | "matrix" | "service_sets" | "timeline" | "correlation" | "impact" | "summary" | "trend" | "quality" | "unknown";
        AnalysisList: {
            analyses: components["schemas"]["AnalysisDescriptor"][];
        };
        /** @description Which analyses to run over which incidents; every field may be absent */
        AnalysesRequest: {
            /** @description Ids, in the order of the answer; absent or empty for all */
            analyses?: string[];
            services?: components["schemas"]["ServiceId"][];
            from?: components["schemas"]["Time"];
            to?: components["schemas"]["Time"];
            tz?: string;
            include?: ("maintenance" | "inconsistent")[];
            impact?: components["schemas"]["Impact"][];
            /**
             * @description For those analyses that have a choice
             * @enum {string}
             */
            basis?: "incidents" | "outages";
            /** @enum {string} */
            start?: "report" | "impact";
            now?: components["schemas"]["Time"];
            slo?: number;
        };
        AnalysesAnswer: {
            analyses: components["schemas"]["Analysis"][];
            notice?: components["schemas"]["Notice"];
        };
        CellIncidentList: {
            /** @description Newest first, without updates */
            incidents: components["schemas"]["Incident"][];
            /** @description Absent at the end */
            next_cursor?: string;
            /**
             * Format: int64
             * @description Incidents of all pages together
             */
            total: number;
            /** Format: int64 */
            data_version: number;
            notice?: components["schemas"]["Notice"];
        };
        /** @description The query with every default filled in */
        EffectiveQuery: {
            services: components["schemas"]["ServiceId"][];
            from: components["schemas"]["Time"];
            to: components["schemas"]["Time"];
            tz: string;
            include: ("maintenance" | "inconsistent")[];
            impact: components["schemas"]["Impact"][];
            /**
             * @description Absent where the analysis has no choice
             * @enum {string}
             */
            basis?: "incidents" | "outages";
            /** @enum {string} */
            start: "report" | "impact";
            now: components["schemas"]["Time"];
            /** @description Only where the analysis measures against one */
            slo?: number;
        };
        Analysis: {
            id: string;
            title: string;
            /** @description What was computed, in words */
            method: string;
            query: components["schemas"]["EffectiveQuery"];
            /**
             * Format: int64
             * @description Incidents used
             */
            n: number;
            /** @description Incidents left out, by reason */
            excluded: {
                [key: string]: number;
            };
            /**
             * Format: int64
             * @description The state of the data that was looked at
             */
            data_version: number;
            /** @description Of the shape that the list of analyses names */
            result: components["schemas"]["DistributionResult"] | components["schemas"]["HistogramResult"] | components["schemas"]["BoxplotResult"] | components["schemas"]["StagesResult"] | components["schemas"]["CombinationsResult"] | components["schemas"]["AvailabilityResult"] | components["schemas"]["MatrixResult"] | components["schemas"]["ServiceSetsResult"] | components["schemas"]["TimelineResult"] | components["schemas"]["CorrelationResult"] | components["schemas"]["ImpactResult"] | components["schemas"]["SummaryResult"] | components["schemas"]["TrendResult"] | components["schemas"]["QualityResult"];
            notice?: components["schemas"]["Notice"];
        };
        Interval: {
            low: number;
            high: number;
        };
        /** @description Durations of groups (services or providers) */
        DistributionResult: {
            /** @constant */
            unit: "seconds";
            groups: components["schemas"]["DistributionGroup"][];
        };
        DistributionGroup: {
            /** @description Id of a service or a provider */
            group: string;
            /** Format: int64 */
            n: number;
            /**
             * Format: int64
             * @description Not over, so not in `n`
             */
            censored?: number;
            mean?: number;
            mean_ci95?: components["schemas"]["Interval"];
            median?: number;
            p90?: number;
            p95?: number;
            p99?: number;
            ecdf: components["schemas"]["Ecdf"];
            thresholds: components["schemas"]["Threshold"][];
            /** @description Exclusive, so their shares sum to 100 */
            bins: components["schemas"]["Bin"][];
            kaplan_meier?: components["schemas"]["KaplanMeier"];
        };
        Ecdf: {
            /** @description Sorted, distinct */
            x: number[];
            /** @description 0-100, cumulative */
            share: number[];
        };
        Threshold: {
            le: number;
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
            t: number[];
            /** @description 0-1 */
            survival: number[];
        };
        /** @description Incidents by bin, stacked by service within each provider */
        HistogramResult: {
            /** @description "Monday" … "Sunday", or the hours 0 … 23 */
            bins: (string | number)[];
            groups: components["schemas"]["HistogramGroup"][];
        };
        HistogramGroup: {
            provider: components["schemas"]["ProviderId"];
            services: components["schemas"]["HistogramSeries"][];
            /** @description Each incident once */
            distinct: number[];
            chi_square: components["schemas"]["ChiSquare"];
        };
        HistogramSeries: {
            service: components["schemas"]["ServiceId"];
            counts: number[];
        };
        /** @description Of `distinct` against equal bins */
        ChiSquare: {
            statistic?: number;
            /** Format: int64 */
            df: number;
            /** @description 0-1 */
            p_value?: number;
        };
        BoxplotResult: {
            /** @constant */
            unit: "seconds";
            groups: components["schemas"]["BoxplotGroup"][];
        };
        BoxplotGroup: {
            /** @description Id of a service */
            group: string;
            /** Format: int64 */
            n: number;
            q1?: number;
            median?: number;
            q3?: number;
            /** @description The lowest value within 1.5 IQR of the box */
            whisker_low?: number;
            /** @description The highest value within 1.5 IQR of the box */
            whisker_high?: number;
            /** @description Ascending */
            outliers: number[];
        };
        StagesResult: {
            /** @constant */
            unit: "seconds";
            groups: components["schemas"]["StagesGroup"][];
        };
        StagesGroup: {
            /** @description Id of a service */
            group: string;
            stages: components["schemas"]["StageDuration"][];
        };
        StageDuration: {
            /** @enum {string} */
            stage: "investigate" | "repair" | "check" | "learn";
            /** Format: int64 */
            n: number;
            mean?: number;
            median?: number;
            /** @description 0-100 of the summed time of the first three; absent for learn */
            share?: number;
        };
        CombinationsResult: {
            groups: components["schemas"]["CombinationsGroup"][];
        };
        CombinationsGroup: {
            /** @description "all", or the id of a service */
            group: string;
            /** Format: int64 */
            n: number;
            /** @description Most frequent first */
            combinations: components["schemas"]["Combination"][];
        };
        Combination: {
            /** @description "S1_S3_S4": S1 investigating … S5 postmortem */
            stages: string;
            /** Format: int64 */
            count: number;
            /** @description 0-100 */
            share?: number;
        };
        AvailabilityResult: {
            dates: string[];
            groups: components["schemas"]["AvailabilityGroup"][];
        };
        AvailabilityGroup: {
            /** @description Id of a service */
            group: string;
            /**
             * Format: int64
             * @description Days that have a value
             */
            days: number;
            /** @description 0-100 by date */
            availability: (number | null)[];
            min?: number;
            mean?: number;
            median?: number;
            /** @description 0-100 of the days */
            share_100?: number;
            share_99_999?: number;
            share_99_99?: number;
            share_99_9?: number;
            share_99?: number;
            share_90?: number;
            share_below_90?: number;
        };
        MatrixResult: {
            /** @description The columns */
            services: components["schemas"]["ServiceId"][];
            rows: components["schemas"]["MatrixRow"][];
        };
        MatrixRow: {
            service: components["schemas"]["ServiceId"];
            values: (number | null)[];
        };
        ServiceSetsResult: {
            groups: components["schemas"]["ServiceSetsGroup"][];
        };
        ServiceSetsGroup: {
            provider: components["schemas"]["ProviderId"];
            /** Format: int64 */
            n: number;
            /** @description Most frequent first */
            combinations: components["schemas"]["ServiceSet"][];
            impact_range: components["schemas"]["ImpactRange"][];
        };
        ServiceSet: {
            /** @description Empty where none was named */
            services: components["schemas"]["ServiceId"][];
            /** Format: int64 */
            count: number;
            /** @description 0-100 */
            share?: number;
        };
        ImpactRange: {
            /**
             * Format: int64
             * @description How many
             */
            services: number;
            /** Format: int64 */
            count: number;
            /** @description 0-100 of the incidents that name a service */
            share?: number;
        };
        TimelineResult: {
            /** @description "2024-06" */
            months: string[];
            groups: components["schemas"]["TimelineGroup"][];
        };
        TimelineGroup: {
            /** @description Id of a service */
            group: string;
            incidents: number[];
            /** @description Null where no calendar covers the month */
            outage_days: (number | null)[];
        };
        CorrelationResult: {
            groups: components["schemas"]["CorrelationGroup"][];
        };
        CorrelationGroup: {
            provider: components["schemas"]["ProviderId"];
            series: components["schemas"]["CorrelationSeries"][];
        };
        CorrelationSeries: {
            /** @enum {string} */
            period: "month" | "week" | "day";
            /**
             * Format: int64
             * @description Periods from the first to the last incident
             */
            length: number;
            lags: number[];
            acf: (number | null)[];
            /** @description Half-width */
            band95: (number | null)[];
        };
        ImpactResult: {
            groups: components["schemas"]["ImpactGroup"][];
        };
        ImpactGroup: {
            provider: components["schemas"]["ProviderId"];
            /** Format: int64 */
            n: number;
            levels: components["schemas"]["ImpactLevel"][];
            /**
             * Format: int64
             * @description Counted apart
             */
            maintenance?: number;
            /** @description Of the ordinal 0-3 */
            mean?: number;
            median?: number;
        };
        ImpactLevel: {
            impact: components["schemas"]["Impact"];
            /** Format: int64 */
            count: number;
            /** @description 0-100 */
            share?: number;
        };
        /** @description How reliable each service and provider was */
        SummaryResult: {
            /** @constant */
            unit: "seconds";
            /** @description Percentage that the error budget is measured against */
            slo: number;
            groups: components["schemas"]["SummaryGroup"][];
        };
        SummaryGroup: {
            /** @description Id of a service or a provider */
            group: string;
            is_provider: boolean;
            /** Format: int64 */
            incidents: number;
            /** Format: int64 */
            ongoing: number;
            mttr: components["schemas"]["Estimate"];
            mtbf: components["schemas"]["Estimate"];
            availability: components["schemas"]["SummaryAvailability"][];
            /** @description Id; empty without any */
            longest_incident: string;
            longest_seconds?: number;
        };
        Estimate: {
            value?: number;
            ci95?: components["schemas"]["Interval"];
            /** Format: int64 */
            n: number;
        };
        SummaryAvailability: {
            /**
             * Format: int64
             * @description The days before `now`: 7, 30, 90, 365
             */
            days: number;
            /** @description 0-100; absent where nothing is known of the whole window */
            availability?: number;
            downtime_seconds: number;
            /** Format: int64 */
            incidents: number;
            /** @description 0-100 and beyond: downtime against what the SLO allows */
            error_budget_used?: number;
        };
        /** @description Incidents and time to recover over time */
        TrendResult: {
            /** @constant */
            unit: "seconds";
            /** @constant */
            period: "month";
            /** @description "2024-06" */
            periods: string[];
            groups: components["schemas"]["TrendGroup"][];
        };
        TrendGroup: {
            /** @description Id of a provider */
            group: string;
            incidents: number[];
            median_ttr: (number | null)[];
            change_points: components["schemas"]["ChangePoint"][];
        };
        /** @description From `period` on the series has another level */
        ChangePoint: {
            /** @enum {string} */
            series: "incidents" | "median_ttr";
            period: string;
            /** @description Mean level of the segment before */
            before: number;
            after: number;
            /** @description 0-1 */
            p_value: number;
        };
        QualityResult: {
            groups: components["schemas"]["QualityGroup"][];
        };
        QualityGroup: {
            provider: components["schemas"]["ProviderId"];
            /** Format: int64 */
            incidents: number;
            /** Format: int64 */
            without_services: number;
            /** Format: int64 */
            without_pre_resolution_stage: number;
            /** Format: int64 */
            inconsistent: number;
            /** Format: int64 */
            zero_length: number;
            /** Format: int64 */
            unknown_impact: number;
            /** Format: int64 */
            ongoing_over_7_days: number;
            /**
             * Format: int64
             * @description Status pages that are read
             */
            sources: number;
            /** Format: int64 */
            sources_stale: number;
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
        /** @description A CloudEvent 1.0, the `data:` of the event stream */
        ServiceStatusEvent: {
            /** @constant */
            specversion: "1.0";
            /** @description "<service id>:<revision>" */
            id: string;
            /** @constant */
            source: "/fails/normalizer";
            /** @constant */
            type: "fails.service.status_changed";
            subject: components["schemas"]["ServiceId"];
            time: components["schemas"]["Time"];
            /** @constant */
            datacontenttype: "application/json";
            data: {
                service: components["schemas"]["ServiceId"];
                provider: components["schemas"]["ProviderId"];
                status: components["schemas"]["ServiceStatus"];
                previous: components["schemas"]["ServiceStatus"];
                since: components["schemas"]["Time"];
                /** @description The status page that says so */
                page: string;
                reported_at: components["schemas"]["Time"];
                /** @description Ids of the incidents that affect the service now, newest first */
                ongoing_incidents: components["schemas"]["IncidentId"][];
                /** Format: int64 */
                revision: number;
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
