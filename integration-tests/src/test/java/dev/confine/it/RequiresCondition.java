package dev.confine.it;

import java.util.Optional;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.platform.commons.support.AnnotationSupport;

/** Skips what the host cannot do, and says why; see {@link Host}. */
final class RequiresCondition implements ExecutionCondition {
    @Override
    public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
        Optional<Requires> requires = AnnotationSupport.findAnnotation(context.getElement(), Requires.class);
        for (String capability : requires.map(Requires::value).orElse(new String[0])) {
            Optional<String> reason = Host.lacks(capability);
            if (reason.isPresent()) {
                Host.refuse(capability, reason.get());
                return ConditionEvaluationResult.disabled(capability + ": " + reason.get());
            }
        }
        return ConditionEvaluationResult.enabled("nothing is missing");
    }
}
