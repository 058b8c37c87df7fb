import { asc } from "drizzle-orm";
import { useState } from "react";
import { Modal, ScrollView, Text, View } from "react-native";
import { ActionButton } from "../components/ActionButton";
import { projects, type Project, type ProjectChanges } from "../db/schema";
import { useProjects } from "../hooks/useProjects";
import { AtEdge, Bar, Choice, Field, Input } from "./controls";
import { useTheme } from "./look";
import { projectColors } from "./projectColors";
import { Screen } from "./Screen";

/** Projects to add, rename and colour. */
export function Projects({ onClose }: { onClose: () => void }) {
  const theme = useTheme();
  const { rows, create, update } = useProjects({ orderBy: asc(projects.name) });
  const [name, setName] = useState("");
  return (
    <Modal animationType="slide" onRequestClose={onClose}>
      <Screen>
        <Bar>
          <Text
            role="heading"
            style={{
              flex: 1,
              color: theme.text,
              fontSize: 17,
              fontWeight: "700",
            }}
          >
            Projects
          </Text>
          <ActionButton
            tone="primary"
            label="Done"
            onPress={onClose}
            theme={theme}
          />
        </Bar>
        <ScrollView
          style={{ backgroundColor: theme.background }}
          contentContainerStyle={{ padding: 16, gap: 12 }}
        >
          {rows.map((project) => (
            <ProjectForm
              key={project.clientId}
              project={project}
              onSave={(changes) => update(project.clientId, changes)}
            />
          ))}
          <Field label="New project">
            <Input
              accessibilityLabel="New project"
              placeholder="Its name"
              value={name}
              onChangeText={setName}
            />
          </Field>
          <AtEdge side="left">
            <ActionButton
              label="Add project"
              disabled={name.trim() === ""}
              onPress={async () => {
                await create({ name: name.trim() });
                setName("");
              }}
              theme={theme}
            />
          </AtEdge>
        </ScrollView>
      </Screen>
    </Modal>
  );
}

const colors = [
  { value: "gray", label: "Gray", color: projectColors.gray },
  { value: "blue", label: "Blue", color: projectColors.blue },
  { value: "green", label: "Green", color: projectColors.green },
  { value: "orange", label: "Orange", color: projectColors.orange },
] as const;

interface ProjectFormProps {
  readonly project: Project;
  readonly onSave: (changes: ProjectChanges) => Promise<unknown>;
}

function ProjectForm({ project, onSave }: ProjectFormProps) {
  const theme = useTheme();
  const [name, setName] = useState<string | null>(null);
  return (
    <View
      style={{
        padding: 12,
        gap: 12,
        borderRadius: theme.radius,
        borderWidth: 1,
        borderColor: theme.border,
        backgroundColor: theme.surface,
      }}
    >
      <View style={{ flexDirection: "row", alignItems: "center", gap: 8 }}>
        <Input
          accessibilityLabel={`Name of ${project.name}`}
          value={name ?? project.name}
          onChangeText={setName}
          style={{ flex: 1, minWidth: 0 }}
        />
        {name !== null && name.trim() !== "" && (
          <ActionButton
            label="Rename"
            onPress={async () => {
              await onSave({ name: name.trim() });
              setName(null);
            }}
            theme={theme}
          />
        )}
      </View>
      <Choice<Project["color"]>
        label={`Colour of ${project.name}`}
        options={colors}
        value={project.color}
        onChange={(color) => void onSave({ color })}
      />
    </View>
  );
}
