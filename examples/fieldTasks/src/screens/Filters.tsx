import { ScrollView, Text, View } from "react-native";
import { ActionButton } from "../components/ActionButton";
import type { Project } from "../db/schema";
import { AtEdge, Choice } from "./controls";
import { listPadding, useTheme } from "./look";
import { projectColors } from "./projectColors";

/** Which tasks are listed. */
export interface Filter {
  readonly state: "open" | "done" | "all";
  /** `clientId` of a project; `null` for all. */
  readonly project: string | null;
}

const states = [
  { value: "open", label: "Open" },
  { value: "done", label: "Done" },
  { value: "all", label: "All" },
] as const;

export function Filters({
  projects,
  filter,
  count,
  onChange,
  onEditProjects,
}: {
  projects: readonly Project[];
  filter: Filter;
  count: number;
  onChange: (filter: Filter) => void;
  onEditProjects: () => void;
}) {
  const theme = useTheme();
  return (
    <View style={{ gap: 12 }}>
      <View
        style={{
          flexDirection: "row",
          alignItems: "center",
          justifyContent: "space-between",
        }}
      >
        <Choice<Filter["state"]>
          label="State"
          options={states}
          value={filter.state}
          onChange={(state) => onChange({ ...filter, state })}
        />
        <Text style={{ color: theme.mutedText, fontSize: 14 }}>
          {count === 1 ? "1 task" : `${count.toLocaleString()} tasks`}
        </Text>
      </View>
      <View style={{ flexDirection: "row", alignItems: "center" }}>
        {projects.length > 0 && (
          <ScrollView
            horizontal
            showsHorizontalScrollIndicator={false}
            // Chips scroll to the edge of the screen, beyond the list's padding.
            style={{ flex: 1, marginLeft: -listPadding }}
            contentContainerStyle={{ paddingLeft: listPadding }}
          >
            <Choice<string | null>
              label="Project filter"
              options={[
                { value: null, label: "All projects" },
                ...projects.map(({ clientId, name, color }) => ({
                  value: clientId,
                  label: name,
                  color: projectColors[color],
                })),
              ]}
              value={filter.project}
              onChange={(project) => onChange({ ...filter, project })}
            />
          </ScrollView>
        )}
        <AtEdge side={projects.length > 0 ? "right" : "left"}>
          <ActionButton
            label={projects.length > 0 ? "Edit" : "Add a project"}
            accessibleLabel="Edit projects"
            onPress={onEditProjects}
            theme={theme}
          />
        </AtEdge>
      </View>
    </View>
  );
}
