{{- define "karnama.fullname" -}}
{{- if contains .Chart.Name .Release.Name }}{{ .Release.Name | trunc 45 | trimSuffix "-" }}
{{- else }}{{ printf "%s-%s" .Release.Name .Chart.Name | trunc 45 | trimSuffix "-" }}{{ end }}
{{- end }}

{{- define "karnama.labels" -}}
helm.sh/chart: {{ printf "%s-%s" .Chart.Name .Chart.Version | quote }}
app.kubernetes.io/version: {{ .Chart.AppVersion | quote }}
app.kubernetes.io/managed-by: {{ .Release.Service }}
app.kubernetes.io/part-of: karnama
{{- end }}

{{- /* what selects pods: (dict "root" $ "app" "intake") */}}
{{- define "karnama.selector" -}}
app.kubernetes.io/name: karnama
app.kubernetes.io/instance: {{ .root.Release.Name }}
app.kubernetes.io/component: {{ .app }}
{{- end }}

{{- define "karnama.image" -}}
{{ printf "%s/%s:%s" .root.Values.image.registry .app (.root.Values.image.tag | default .root.Chart.AppVersion) }}
{{- end }}

{{- define "karnama.podSecurity" -}}
runAsNonRoot: true
runAsUser: 1000
runAsGroup: 1000
fsGroup: 1000
seccompProfile: { type: RuntimeDefault }
{{- end }}

{{- define "karnama.containerSecurity" -}}
allowPrivilegeEscalation: false
readOnlyRootFilesystem: true
capabilities: { drop: [ALL] }
{{- end }}

{{- /* the Secrets of an app as files: a list of {file, secret, key}, in JSON */}}
{{- define "karnama.secretFiles" -}}
{{- $v := .root.Values }}
{{- $roles := dict "intake" "intake" "projector" "projector" "api" "reader" "migrate" "migrator" }}
{{- $postgres := index $v.postgres (get $roles .app) }}
{{- $files := list (dict "file" "database-url" "secret" $postgres.secret "key" $postgres.key) }}
{{- if ne .app "migrate" }}
{{- if $v.eventStore.enabled }}
{{- $files = append $files (dict "file" "eventstoredb-url" "secret" $v.eventStore.url.secret "key" $v.eventStore.url.key) }}
{{- end }}
{{- if eq .app "intake" }}
{{- $files = append $files (dict "file" "quarantine-key" "secret" $v.quarantineKey.secret "key" $v.quarantineKey.key) }}
{{- $files = append $files (dict "file" "pseudonym-key" "secret" $v.pseudonymKey.secret "key" $v.pseudonymKey.key) }}
{{- end }}
{{- if and $v.kafka.enabled (ne .app "projector") }}
{{- if $v.kafka.sasl.mechanism }}
{{- $files = append $files (dict "file" "kafka-password" "secret" $v.kafka.sasl.password.secret "key" $v.kafka.sasl.password.key) }}
{{- end }}
{{- if $v.kafka.ca.secret }}
{{- $files = append $files (dict "file" "kafka-ca.pem" "secret" $v.kafka.ca.secret "key" $v.kafka.ca.key) }}
{{- end }}
{{- if $v.kafka.certificate.secret }}
{{- $files = append $files (dict "file" "kafka-cert.pem" "secret" $v.kafka.certificate.secret "key" $v.kafka.certificate.certKey) }}
{{- $files = append $files (dict "file" "kafka-key.pem" "secret" $v.kafka.certificate.secret "key" $v.kafka.certificate.keyKey) }}
{{- end }}
{{- end }}
{{- end }}
{{- toJson $files }}
{{- end }}

{{- define "karnama.volumes" -}}
- name: secrets
  projected:
    defaultMode: 0440
    sources:
      {{- range (include "karnama.secretFiles" . | fromJsonArray) }}
      - secret: { name: {{ .secret | quote }}, items: [{ key: {{ .key | quote }}, path: {{ .file | quote }} }] }
      {{- end }}
- name: tmp
  emptyDir: { sizeLimit: 64Mi }
{{- end }}

{{- define "karnama.mounts" -}}
- { name: secrets, mountPath: /run/secrets, readOnly: true }
- { name: tmp, mountPath: /tmp }
{{- end }}

{{- define "karnama.env" -}}
{{- $v := .root.Values }}
{{- $own := index $v .app }}
- { name: KARNAMA_LOG_LEVEL, value: {{ $v.logLevel | quote }} }
- name: KARNAMA_WORKER_ID
  valueFrom: { fieldRef: { fieldPath: metadata.name } }
- { name: KARNAMA_DATABASE_URL_FILE, value: /run/secrets/database-url }
- { name: KARNAMA_DATABASE_POOL, value: {{ $own.databasePool | quote }} }
{{- if $v.eventStore.enabled }}
- { name: KARNAMA_EVENTSTOREDB_URL_FILE, value: /run/secrets/eventstoredb-url }
{{- end }}
{{- if eq .app "intake" }}
- { name: KARNAMA_QUARANTINE_KEY_FILE, value: /run/secrets/quarantine-key }
- { name: KARNAMA_PSEUDONYM_KEY_FILE, value: /run/secrets/pseudonym-key }
{{- end }}
{{- if eq .app "projector" }}
- { name: KARNAMA_PROJECTOR_BATCH, value: {{ $own.batch | quote }} }
{{- with $own.projections }}
- { name: KARNAMA_PROJECTIONS, value: {{ join "," . | quote }} }
{{- end }}
{{- else }}
- { name: KARNAMA_TOPIC_PREFIX, value: {{ $v.topicPrefix | quote }} }
{{- if $v.kafka.enabled }}
- { name: KARNAMA_KAFKA_BROKERS, value: {{ join "," $v.kafka.brokers | quote }} }
- { name: KARNAMA_KAFKA_GROUP, value: {{ $v.kafka.group | quote }} }
- { name: KARNAMA_KAFKA_SESSION_MS, value: {{ $v.kafka.sessionMilliseconds | int | quote }} }
- { name: KARNAMA_KAFKA_TLS, value: {{ $v.kafka.tls | quote }} }
{{- if $v.kafka.sasl.mechanism }}
- { name: KARNAMA_KAFKA_SASL_MECHANISM, value: {{ $v.kafka.sasl.mechanism | quote }} }
{{- if eq $v.kafka.sasl.mechanism "oauthbearer" }}
- { name: KARNAMA_KAFKA_OAUTH_TOKEN_URL, value: {{ required "kafka.sasl.tokenUrl" $v.kafka.sasl.tokenUrl | quote }} }
- { name: KARNAMA_KAFKA_OAUTH_CLIENT_ID, value: {{ required "kafka.sasl.username" $v.kafka.sasl.username | quote }} }
- { name: KARNAMA_KAFKA_OAUTH_CLIENT_SECRET_FILE, value: /run/secrets/kafka-password }
{{- with $v.kafka.sasl.scope }}
- { name: KARNAMA_KAFKA_OAUTH_SCOPE, value: {{ . | quote }} }
{{- end }}
{{- else }}
- { name: KARNAMA_KAFKA_SASL_USERNAME, value: {{ required "kafka.sasl.username" $v.kafka.sasl.username | quote }} }
- { name: KARNAMA_KAFKA_SASL_PASSWORD_FILE, value: /run/secrets/kafka-password }
{{- end }}
{{- end }}
{{- if $v.kafka.ca.secret }}
- { name: KARNAMA_KAFKA_TLS_CA_FILE, value: /run/secrets/kafka-ca.pem }
{{- end }}
{{- if $v.kafka.certificate.secret }}
- { name: KARNAMA_KAFKA_TLS_CERT_FILE, value: /run/secrets/kafka-cert.pem }
- { name: KARNAMA_KAFKA_TLS_KEY_FILE, value: /run/secrets/kafka-key.pem }
{{- end }}
{{- end }}
{{- end }}
{{- with $v.extraEnv }}
{{ toYaml . }}
{{- end }}
{{- end }}
